import type { Event } from '../events/event.ts'
import type { Manner } from '../events/log/event-log.ts'
import { hashText } from '../kernel/hash.ts'
import { hashSet } from '../kernel/hash-set.ts'
import type { Journal } from './journal.ts'
import { eventIds, eventIdWindow, newestId } from './projections/event-ids.ts'
import type { State } from './state.ts'

/** Makes each event happen once, however often it is sent. */
export interface Once {
  /**
   * Records the events whose ids are new, and tells for each whether it was a repetition. Resolves
   * when all are durable, the repeated ones as well: nobody is told "you said that already" of an
   * event that might still be lost.
   */
  record(events: readonly Event[], manner?: Manner): Promise<readonly ('new' | 'repeated')[]>
}

export async function openOnce(state: State, journal: Journal): Promise<Once> {
  const known = hashSet(eventIdWindow)
  /** Events on their way to the log, by id. */
  const pending = new Map<string, Promise<void>>()

  state.watch(eventIds, (_block, words) => {
    if (words !== undefined) known.add(newestId(words))
  })
  for await (const [, words] of state.scan(eventIds)) {
    for (let index = 0; index < words.length; index += 2) {
      known.add({ high: words[index]!, low: words[index + 1]! })
    }
  }

  return {
    async record(events, manner) {
      const fresh: Event[] = []
      const awaited: Promise<void>[] = []
      const ids = new Set<string>()
      const fates = events.map((event) => {
        const onItsWay = pending.get(event.id)
        if (onItsWay !== undefined) awaited.push(onItsWay)
        if (onItsWay !== undefined || ids.has(event.id) || known.has(hashText(event.id))) {
          return 'repeated' as const
        }
        ids.add(event.id)
        fresh.push(event)
        return 'new' as const
      })
      if (fresh.length > 0) {
        const done = journal.record(fresh, manner)
        for (const { id } of fresh) pending.set(id, done)
        awaited.push(done)
        const leave = (): void => {
          for (const { id } of fresh) pending.delete(id)
        }
        done.then(leave, leave)
      }
      await Promise.all(awaited)
      return fates
    },
  }
}

import { StarlingError } from '../../error.ts'
import { type Random, seededRandom } from '../../kernel/random.ts'
import type { TrackedEvent } from './letter.ts'
import { mapStorage } from './map-storage.ts'
import type { Happening, Platform } from './platform.ts'
import type { Post } from './post.ts'

/** A page on a device whose time, storage and screen the test holds in its hands. */
export interface MadeUpPlatform extends Platform {
  readonly texts: Map<string, string>
  /** Lets time pass, and all that is due in it happen in its order. */
  advance(durationMs: number): Promise<void>
  happen(happening: Happening): void
  hide(): void
  show(): void
  scroll(element: object, inView: boolean): void
}

interface Timer {
  readonly at: number
  readonly run: () => void
}

export const startsAt = Date.UTC(2026, 4, 1)

/** Lets all that only waits for promises come to its end. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
}

export function madeUpPlatform(
  options: { texts?: Map<string, string>; seed?: string; at?: number } = {},
): MadeUpPlatform {
  const { texts = new Map<string, string>(), seed = 'platform' } = options
  const random = seededRandom(seed)
  const timers = new Set<Timer>()
  const hearers = new Set<{ readonly happening: Happening; readonly run: () => void }>()
  const watched = new Set<{ readonly element: object; readonly tell: (inView: boolean) => void }>()
  let now = options.at ?? startsAt
  let visible = true
  const happen = (happening: Happening): void => {
    for (const hearer of [...hearers]) if (hearer.happening === happening) hearer.run()
  }
  return {
    texts,
    now: () => now,
    random: () => random.next(),
    newId: () => idOf(random),
    after(durationMs, run) {
      const timer = { at: now + durationMs, run }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    storage: mapStorage(texts),
    isVisible: () => visible,
    watch(element, tell) {
      const watching = { element, tell }
      watched.add(watching)
      return () => watched.delete(watching)
    },
    on(happening, run) {
      const hearer = { happening, run }
      hearers.add(hearer)
      return () => hearers.delete(hearer)
    },
    async advance(durationMs) {
      const until = now + durationMs
      for (;;) {
        await settled()
        const [due] = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)
        if (due === undefined) break
        timers.delete(due)
        now = Math.max(now, due.at)
        due.run()
      }
      now = until
    },
    happen,
    hide() {
      visible = false
      happen('hidden')
    },
    show() {
      visible = true
      happen('shown')
    },
    scroll(element, inView) {
      for (const watching of watched) if (watching.element === element) watching.tell(inView)
    },
  }
}

function idOf(random: Random): string {
  return `e${random.below(2 ** 31).toString(36)}${random.below(2 ** 31).toString(36)}`
}

/** What happens to a call on its way: `lost` is done, but nobody hears of it. */
export type Luck = 'good' | 'away' | 'lost' | 'broken'

/** A server that remembers what it was told, behind a line whose luck the test decides. */
export interface MadeUpServer {
  track: Post['track']
  mergeUsers: Post['mergeUsers']
  luck: () => Luck
  /** By id: what the server knows. */
  readonly events: Map<string, TrackedEvent>
  /** All calls that got through, with what they carried. */
  readonly calls: (readonly TrackedEvent[] | { readonly from: string; readonly id: string })[]
  /** Names the field at fault where an event is to be refused. */
  judge: (event: TrackedEvent) => string | undefined
}

export function madeUpServer(): MadeUpServer {
  const onTheLine = async <Answer>(work: () => Answer): Promise<Answer> => {
    await undefined
    const luck = server.luck()
    if (luck === 'away') throw new StarlingError('unavailable', 'cannot be reached')
    if (luck === 'broken') throw new StarlingError('internal', 'a bug')
    const answer = work()
    if (luck === 'lost') throw new StarlingError('deadline_exceeded', 'took too long')
    return answer
  }
  const server: MadeUpServer = {
    luck: () => 'good',
    judge: () => undefined,
    events: new Map(),
    calls: [],
    track: ({ events }) =>
      onTheLine(() => {
        server.calls.push(events)
        const rejected = events.flatMap((event, index) => {
          const field = server.judge(event)
          if (field === undefined) server.events.set(event.id!, event)
          const message = `${field} is not right`
          return field === undefined ? [] : [{ index, code: 'invalid_argument', message, field }]
        })
        return { accepted: events.length - rejected.length, duplicates: 0, rejected }
      }),
    mergeUsers: ({ id, from }) =>
      onTheLine(() => {
        server.calls.push({ id, from })
        return { from, into: id }
      }),
  }
  return server
}

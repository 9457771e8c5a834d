import type { Event, UserId } from '../../events/event.ts'
import type { LoggedEvent } from '../../events/log/event-log.ts'
import { feeds } from '../../state/projections/feeds.ts'
import { saysSomething } from '../../state/projections/pulse.ts'
import { shelf, shelfKey } from '../../state/projections/shelf.ts'
import type { State } from '../../state/state.ts'
import { beatNeeds, beatsIn } from '../delivery/beats.ts'
import type { FeedKey } from '../queue/feed-queue.ts'
import type { Refill } from './refill-line.ts'

/** What a feed lacks, and what is known of it. */
export interface Lack {
  /** What waits was chosen before the user's last deed. */
  readonly stale: boolean
  /** Items that wait and may still be shown. */
  readonly waiting: readonly number[]
  readonly beats: number
  /** The number of the newest page. */
  readonly newest: number
}

export interface TriggersOptions {
  readonly state: Pick<State, 'read' | 'offset'>
  /** Parameters that feeds are made by. */
  readonly rules: readonly string[]
  /** Are pages of the scene prepared? */
  readonly isPrepared: (scene: string) => boolean
  readonly lowWater: () => number
  readonly activeMs: () => number
}

/** What of the log asks for a feed to be filled. */
export interface Triggers {
  of(events: readonly LoggedEvent[], now: number): Promise<readonly Refill[]>
  /** What the feed lacks as things stand; `undefined` where that is nothing. */
  lackOf(refill: Refill, now: number): Promise<Lack | undefined>
}

/**
 * A page that was served is the message that asks for the next ones: it says who was shown what,
 * where, and with which arms. A deed asks for all of the user's feeds that are in use.
 */
export function triggers(options: TriggersOptions): Triggers {
  const { state, rules, isPrepared, lowWater, activeMs } = options

  const lackOf = async ({ key, newest }: Refill, now: number): Promise<Lack | undefined> => {
    const name = shelfKey(key.user, key.scene, key.channel)
    const known = await state.read([
      { projection: shelf, key: name },
      ...beatNeeds(key.user, rules),
    ])
    const row = known.get(shelf, name)
    // Nobody was shown anything there: the feed was merged away or erased.
    if (row === undefined || row.lastBatch === 0) return undefined
    // Whoever filled it knew of this already.
    if (newest < (row.through ?? 0)) return undefined
    const beats = beatsIn(known, key.user, rules)
    const waiting = row.waiting.lasting(now)
    const stale = row.pulse < beats
    if (!stale && waiting.length >= lowWater()) return undefined
    return { stale, waiting: waiting.items(), beats, newest: row.lastBatch }
  }

  const feedsInUse = async (user: UserId, now: number): Promise<readonly FeedKey[]> => {
    const met = (await state.read([{ projection: feeds, key: user }])).get(feeds, user) ?? []
    const keys = met
      .filter(([scene]) => isPrepared(scene))
      .map(([scene, channel]): FeedKey => ({ user, scene, channel }))
    const name = (key: FeedKey) => shelfKey(key.user, key.scene, key.channel)
    const known = await state.read(keys.map((key) => ({ projection: shelf, key: name(key) })))
    return keys.filter((key) => now - (known.get(shelf, name(key))?.lastAt ?? 0) < activeMs())
  }

  const ofEvent = async (event: Event, offset: number, now: number): Promise<readonly Refill[]> => {
    // What happened long ago, and is read again or only now, brings nobody back.
    if (now - event.at >= activeMs()) return []
    if (event.type === 'served') {
      const { user, scene, channel } = event
      if (!event.refresh || !isPrepared(scene)) return []
      return [{ key: { user, scene, channel }, oldest: offset, newest: offset }]
    }
    const user = doer(event)
    if (user === undefined) return []
    const keys = await feedsInUse(user, now)
    const at = { oldest: offset, newest: offset, deedAt: event.at }
    return keys.map((key): Refill => ({ key, ...at }))
  }

  return {
    lackOf,

    async of(events, now) {
      const found: Refill[] = []
      for (const { event, offset } of events) {
        if (event === undefined) continue
        for (const refill of await ofEvent(event, offset, now)) {
          if ((await lackOf(refill, now)) !== undefined) found.push(refill)
        }
      }
      return found
    },
  }
}

/** Whose feeds are out of date by an event. */
function doer(event: Event): UserId | undefined {
  if (event.type === 'merge') return event.into
  return event.type === 'action' && saysSomething(event.action) ? event.user : undefined
}

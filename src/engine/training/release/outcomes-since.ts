import { setImmediate as breath } from 'node:timers/promises'
import type { Clock } from '../../../events/clock.ts'
import type { UserId } from '../../../events/event.ts'
import type { EventLog, Offset } from '../../../events/log/event-log.ts'
import { positiveSignal } from '../../../events/signals.ts'
import { tasteNeeds, tasteOf } from '../../../state/features/taste.ts'
import { signalsInForce, signalsNeed } from '../../../state/projections/parameters.ts'
import type { Ordinal } from '../../../state/projections/projection.ts'
import type { State } from '../../../state/state.ts'
import { likeOf } from '../likes.ts'

/** What a user came to like since somebody last looked, and what they had liked before. */
export interface NewLikes {
  readonly user: UserId
  /** The oldest first; none of `liked`. */
  readonly items: Uint32Array
  readonly weights: Float32Array
  /** Whether each was liked on no page of ours. */
  readonly liked: ReadonlyMap<Ordinal, boolean>
}

/** Reads on in the log, by itself and off the path of requests. */
export interface OutcomesSince {
  /** Through which place of the log it has read. */
  readonly through: Offset
  /** The likes since the last call, user by user; at most so many users, the first of them. */
  next(usersMost: number, wanted: (user: UserId) => boolean): AsyncIterable<NewLikes>
}

/** Events read in one go: what is more comes with the next. */
const eventsMost = 50_000
/** Newest likes that are looked back on, as sources do. */
const pastMost = 200

export function outcomesSince(
  {
    log,
    state,
    clock,
  }: { log: Pick<EventLog, 'head' | 'read' | 'tail'>; state: State; clock: Clock },
  from: Offset = log.head,
): OutcomesSince {
  let at = from

  /** Who liked what, in the part of the log that is read next. */
  const read = async (wanted: (user: UserId) => boolean) => {
    const signals = signalsInForce(await state.read(signalsNeed))
    const likes = new Map<UserId, Map<Ordinal, boolean>>()
    let count = 0
    for await (const batch of log.read(Math.max(at, log.tail))) {
      for (const { offset, event } of batch) {
        at = offset + 1
        const like = event && likeOf(event, signals)
        const item = like && state.ordinals.of(like.item)
        if (like === undefined || item === undefined || !wanted(like.user)) continue
        const own = likes.get(like.user) ?? new Map<Ordinal, boolean>()
        const isAlone = event?.type === 'action' && event.shown === undefined
        likes.set(like.user, own.set(item, (own.get(item) ?? true) && isAlone))
      }
      count += batch.length
      if (count >= eventsMost) break
      await breath()
    }
    return likes
  }

  return {
    get through() {
      return at
    },

    async *next(usersMost, wanted) {
      let left = usersMost
      for (const [user, liked] of await read(wanted)) {
        if (left-- <= 0) return
        const context = { user, at: clock.now(), scene: '', channel: '', fields: {} }
        const { items, signals } = tasteOf(context, await state.read(tasteNeeds(context)))
        const before = [...items.keys()]
          .filter((place) => signals[place]! >= positiveSignal && !liked.has(items[place]!))
          .slice(0, pastMost)
          .reverse()
        yield {
          ...{ user, liked },
          items: Uint32Array.from(before, (place) => items[place]!),
          weights: Float32Array.from(before, (place) => signals[place]!),
        }
      }
    },
  }
}

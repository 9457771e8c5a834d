import type { RequestId } from '../../events/event.ts'
import { type Random, seededRandom } from '../../kernel/random.ts'
import type { Context } from '../../state/features/feature.ts'
import type { Known, Ordinal } from '../../state/projections/projection.ts'

/** A request for a feed, with all that is known of the user already in hand. */
export interface Query extends Context {
  readonly request: RequestId
  /** How many items the answer should hold at least; recipes aim higher to fill the queue. */
  readonly size: number
  /** How many places of the finished order may ever be shown; all of them unless told. */
  readonly offered?: number
  /** The item that the feed stands beside ("similar to this"), if any. */
  readonly beside?: Ordinal
  /** Items that must not come, by wish of the caller. */
  readonly excluded: ReadonlySet<Ordinal>
  /** The caller's own condition, already checked and compiled. */
  readonly condition?: (item: Ordinal) => boolean
  /** The user's values that the stages asked for in `needs`. */
  readonly known: Known
  readonly random: Random
  readonly signal: AbortSignal
}

/** All chance of a request follows from its name: a replay takes the same chances. */
export function chanceOf(request: RequestId): Random {
  return seededRandom(request)
}

import type { UserId } from '../../events/event.ts'
import type { Column } from '../../state/features/feature.ts'
import type { Filter } from './filter.ts'
import type { Mixer } from './mixer.ts'
import type { Query } from './query.ts'
import type { Scorer } from './scorer.ts'
import type { Source } from './source.ts'
import type { Grounds } from './trace.ts'

/** A feed, written down: what to recall, what to drop, how to rank, how to arrange. */
export interface Recipe {
  readonly name: string
  readonly recall: readonly Quota[]

  /** Sources that come and go while the recipe is in use; asked for with every run. */
  readonly more?: () => readonly Quota[]
  readonly filter: readonly Filter[]
  readonly rank: readonly Scorer[]

  /**
   * Whoever ranks in the place of `rank`, where that comes and goes while the recipe is in use;
   * asked for with every run, for the user whose feed it is. It does not reject.
   */
  readonly rankNow?: (user: UserId) => Promise<readonly Scorer[]>

  /** The served model that `rankNow` stands for, as a request would name it. */
  readonly model?: string
  readonly mix: readonly Mixer[]

  /** The column that the first order is sorted by. */
  readonly by: Column

  /** Most candidates that are ranked: the first ones, in recipe order, that the filters left. */
  readonly candidateCountMax: number

  /** Most rows the finished order holds. */
  readonly slateSizeMax: number

  /**
   * Which of the user's own deeds speak for these items, for whoever asks why. Reads what the
   * stages ask for in `needs`. Where it fails, nothing is told and the feed is none the worse.
   */
  readonly grounds?: (query: Query, items: Uint32Array) => Grounds
}

/** All that a run of the recipe recalls from, as things stand now. */
export function quotasOf({ recall, more }: Recipe): readonly Quota[] {
  return more === undefined ? recall : [...recall, ...more()]
}

export interface Quota {
  readonly source: Source
  readonly limit: number
  /** A source that has not answered by then leaves a recorded gap. */
  readonly deadlineMs: number
}

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
  readonly filter: readonly Filter[]
  readonly rank: readonly Scorer[]
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

export interface Quota {
  readonly source: Source
  readonly limit: number
  /** A source that has not answered by then leaves a recorded gap. */
  readonly deadlineMs: number
}

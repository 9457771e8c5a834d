import type { Timestamp } from '../../../events/clock.ts'
import type { UserId } from '../../../events/event.ts'
import type { EventLog, Offset } from '../../../events/log/event-log.ts'
import type { Lake } from '../../../lake/lake.ts'
import type { TrainingRun } from '../../../models/model.ts'
import type { Field } from '../../../models/ranking/field.ts'
import type { Examples } from '../../../models/ranking/rows.ts'
import type { DeclaredSet } from '../../../state/features/declared/declaration.ts'
import type { Encoding } from '../../../state/features/declared/encoding/encoding.ts'
import type { RawRows } from '../../../state/features/declared/rows.ts'
import type { Factors } from '../../../state/features/user-vector.ts'
import type { Store } from '../../../state/store/store.ts'
import type { DeclaredAttributes } from '../../recipes/residents.ts'

/**
 * Asked of `examplesFor` (`examples-for.ts`): examples of a declared set, from where, how many,
 * against what.
 */
export interface ExampleOptions {
  readonly set: DeclaredSet
  readonly from: ExampleSource
  /** Examples are encoded by it; where left out, one is fitted to the rows for training. */
  readonly encoding?: Encoding
  /** Share of the rows, the newest, that are kept apart as validation; 0 for none. */
  readonly validationShare: number
  /** Rows in memory at most; of more, an even sample of whole groups is taken. */
  readonly rowCountMax: number
  readonly seed: number | string
  /** Told what the examples so far take; where it throws, no more are read. */
  readonly reserve?: TrainingRun['reserve']
  readonly signal?: AbortSignal
  readonly onProgress?: (share: number) => void
}

export type ExampleSource = LogSource | LoggedSource | FileSource

/** Rows as serving would have filled them, by replay of the log. */
export interface LogSource {
  readonly kind: 'log'
  readonly log: Pick<EventLog, 'tail' | 'head' | 'read'>
  /** What was known where the log begins. */
  readonly base: () => Promise<Store>
  readonly attributes: DeclaredAttributes
  readonly negatives: Negatives
  /** Examples are taken from here on; from the log's beginning unless told. */
  readonly since?: Offset
  /** The factors that serving had at an offset, where columns read them; none unless told. */
  readonly factorsAt?: (offset: Offset) => Factors | undefined
}

/** Rows as they were used when pages were made, with what was done on these pages. */
export interface LoggedSource {
  readonly kind: 'logged'
  readonly lake: Pick<Lake, 'query'>
  readonly since?: Timestamp
  /** Pages of later moments are left out, so that who asks again later is given the same. */
  readonly until?: Timestamp
  /** Deeds from this place of the log on are left out. */
  readonly through?: Offset
}

/** Rows of a CSV, JSONL or Parquet file, whose columns are named as the set's fields and labels. */
export interface FileSource {
  readonly kind: 'file'
  readonly path: string
}

/**
 * What stands beside each row that was taken:
 * - `shown`: what was shown on the page beside it and passed by; deeds on no page are left out;
 * - `uniform`: `perPositive` items that may be shown, all equally likely;
 * - `popular`: the same, by the likes they had so far to the power of 3/4 (Mikolov et al. 2013);
 * - `in-batch`: what others took in the last `perPositive` × 16 examples, so by popularity;
 * - `none`: rows are labelled by what was done with them alone, as ratings are.
 */
export type Negatives = { readonly kind: 'shown' } | { readonly kind: 'none' } | DrawnNegatives

export interface DrawnNegatives {
  readonly kind: 'uniform' | 'popular' | 'in-batch'
  /** 1 to 1,000. */
  readonly perPositive: number
}

export interface ExampleSets {
  readonly fields: readonly Field[]
  /** Goes into the header of the model: `withEncoding(model.save(), encoding)`. */
  readonly encoding: Encoding
  readonly train: Examples
  readonly validation?: Examples
  /** The rows of `validation` before any encoding: another model may encode them by its own. */
  readonly validationRaw?: RawRows
  /** Of every group of `train` and then `validation`: when it was, and whose. */
  readonly groups: readonly { readonly at: Timestamp; readonly user: UserId }[]
}

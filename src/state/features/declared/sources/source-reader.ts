import type { Catalogue } from '../../../catalogue/catalogue.ts'
import type { ItemRevisions } from '../../../catalogue/item-revisions.ts'
import type { Known, Need } from '../../../projections/projection.ts'
import type { Ordinals } from '../../../state.ts'
import type { Rows as TableRows } from '../../../tables/table.ts'
import type { Context, Feature, Rows } from '../../feature.ts'
import type { Fusion } from '../declaration.ts'

/** What declared columns read beside the user: all of it in memory. */
export interface ColumnGround {
  readonly catalogue: Pick<
    Catalogue,
    'size' | 'numbers' | 'text' | 'tags' | 'vectors' | 'availableFrom'
  >
  readonly ordinals: Pick<Ordinals, 'id'>
  readonly revisions: ItemRevisions
  /** Rows of `itemCounters`. */
  readonly counters: TableRows
  /** Rows of `itemDeeds`. */
  readonly deeds: TableRows
  /** The engine's own features, which a column may name. */
  readonly features: readonly Feature[]
}

/** The actions that a name stands for: one of its own, or a fusion as it is in force. */
export type FusionOf = (name: string, known: Known) => Fusion

/** One source at work: it writes numbers, or names. */
export type SourceReader = NumberReader | NameReader

interface Reads {
  /** Values per row. */
  readonly count: number
  /** Do all rows of a request share the values? They are then written once. */
  readonly isShared: boolean
  /** True where nothing but the item's record is read: good until it changes. */
  readonly isOfRecord: boolean
  needs(context: Context): readonly Need[]
}

export interface NumberReader extends Reads {
  readonly gives: 'numbers'
  /** `out` arrives as NaN, which stands for what is absent. */
  read(context: Context, rows: Rows, known: Known, out: Float64Array): void
}

export interface NameReader extends Reads {
  readonly gives: 'names'
  /** `out` arrives as '', which stands for what is absent. */
  read(context: Context, rows: Rows, known: Known, out: string[]): void
}

export const nothingNeeded = (): readonly Need[] => []

import type { Timestamp } from '../../events/clock.ts'
import type { Unit } from './measures/measure.ts'

/** What is asked of the metrics, and what they answer. */
export interface MetricsRequest {
  readonly measures: readonly string[]
  /** Dimensions to slice by, at most 3. */
  readonly by?: readonly string[]
  /** All of them hold; of the values of one, any. An empty text stands for "none". */
  readonly where?: readonly MetricsFilter[]
  /** Of the span, which holds `from` and not `to`. The hour before `to` unless told. */
  readonly from?: Timestamp
  readonly to?: Timestamp
  /**
   * One row per so many ms; one for the whole span unless told. Steps begin at whole multiples,
   * counted from a Monday at midnight UTC, and the span with the first of them.
   */
  readonly stepMs?: number
  /** Slices, the largest first: 1 to 1,000; 50 unless told. */
  readonly size?: number
}

export interface MetricsFilter {
  readonly dimension: string
  readonly in: readonly string[]
}

export interface MetricsAnswer {
  readonly from: Timestamp
  readonly to: Timestamp
  /** Slice by slice, the largest by the first measure first; within one, step by step. */
  readonly rows: readonly MetricsRow[]
  /** Up to when all that happened is counted. */
  readonly through?: Timestamp
}

export interface MetricsRow {
  readonly at?: Timestamp
  /** As `by` asked. */
  readonly slice: readonly string[]
  /** As `measures` asked; null where it has no value. */
  readonly values: readonly (number | null)[]
}

export interface MetricsView {
  readonly measures: readonly {
    readonly name: string
    readonly unit: Unit
    readonly description: string
    /** By what it can be sliced; `item.*` and `user.*` stand for any attribute. */
    readonly dimensions: readonly string[]
  }[]
  /** `item.<attribute>` names an attribute of the item, whichever it has. */
  readonly dimensions: readonly { readonly name: string; readonly description: string }[]
}

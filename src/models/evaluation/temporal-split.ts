import { invalid } from '../../error.ts'
import type { Timestamp } from '../../events/clock.ts'

/** Rows before and after one moment: what could have been learned then, and what came of it. */
export interface TemporalSplit {
  /** The first moment of the later part. */
  readonly at: Timestamp
  /** Row numbers, ascending. */
  readonly before: Uint32Array
  readonly after: Uint32Array
}

/**
 * Splits rows at one moment for all users, so that no model learns from anybody's future. The
 * earlier part holds at most `share` of the rows: those of the moment itself all go to the later
 * one.
 */
export function globalTemporalSplit(times: ArrayLike<Timestamp>, share: number): TemporalSplit {
  if (!(share > 0 && share < 1)) throw invalid('share', `${share} must be > 0 and < 1`)
  if (times.length === 0) throw invalid('times', 'are empty, must hold at least one')
  const sorted = new Float64Array(times).sort()
  const at = sorted[Math.floor(sorted.length * share)]!
  const rows = Uint32Array.from({ length: times.length }, (_, row) => row)
  return {
    at,
    before: rows.filter((row) => times[row]! < at),
    after: rows.filter((row) => times[row]! >= at),
  }
}

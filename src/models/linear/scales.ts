import { columnsOf, type Rows } from '../ranking/rows.ts'
import type { Slots } from './slots.ts'

/**
 * By field, how its numbers are made comparable: (value - mean) × factor. 0 and 1 for ids. A value
 * that is not finite is absent.
 */
export interface Scales {
  readonly mean: Float64Array
  readonly factor: Float64Array
}

export function plainScales({ fields }: Slots): Scales {
  return {
    mean: new Float64Array(fields.length),
    factor: new Float64Array(fields.length).fill(1),
  }
}

/** Mean 0 and deviation 1 over the rows, for each number that varies. */
export function scalesOf(rows: Rows, slots: Slots): Scales {
  const scales = plainScales(slots)
  for (const [index, column] of columnsOf(rows, slots.fields).entries()) {
    if (slots.fields[index]!.kind !== 'number') continue
    let [sum, squares, count] = [0, 0, 0]
    for (const value of column) {
      if (!Number.isFinite(value)) continue
      sum += value
      count++
    }
    const mean = count === 0 ? 0 : sum / count
    for (const value of column) if (Number.isFinite(value)) squares += (value - mean) ** 2
    const deviation = count === 0 ? 0 : Math.sqrt(squares / count)
    scales.mean[index] = mean
    // Below what 32-bit numbers tell apart, a spread is rounding.
    scales.factor[index] = deviation > 1e-7 * Math.abs(mean) ? 1 / deviation : 1
  }
  return scales
}

import { probability } from '../logistic/logistic-model.ts'
import type { Artifact } from '../model.ts'
import { widthOf } from '../ranking/field.ts'
import type { Ranker } from '../ranking/ranker.ts'
import { columnsOf } from '../ranking/rows.ts'
import { addSums } from './linear-model.ts'
import type { Scales } from './scales.ts'
import type { Slots } from './slots.ts'
import { shareOf } from './sparse-rows.ts'

/** A factorisation machine (Rendle, ICDM 2010, eq. 1) of the second order, as a probability. */
export interface FmModel extends Ranker {
  readonly kind: 'fm'
  readonly parts: FmParts
}

export interface FmParts {
  readonly slots: Slots
  readonly scales: Scales
  readonly heads: readonly string[]
  readonly dims: number
  /** One for each head. */
  readonly sums: readonly FactoredSum[]
}

/** Log-odds: bias + Σ weights + Σ pairs of slots that are on, the product of their vectors. */
export interface FactoredSum {
  readonly bias: number
  /** One number per slot. */
  readonly weights: Float64Array
  /** dims numbers per vector. */
  readonly vectors: Float64Array
}

export function fmRanker(parts: FmParts, save: () => Artifact): FmModel {
  const { slots, scales, heads, sums } = parts
  return {
    kind: 'fm',
    fields: slots.fields,
    heads,
    parts,
    async predict(rows) {
      const columns = columnsOf(rows, slots.fields)
      return sums.map((sum) => {
        const odds = addSums(rows, columns, slots, scales, sum)
        addPairs(odds, columns, parts, sum.vectors)
        return Float32Array.from(odds, probability)
      })
    },
    save,
  }
}

/**
 * The pairs of a row are ½ Σ dims (Σ x v)² - Σ (x v)²: linear in what is on (eq. 6). What holds for
 * every row is summed once, before them.
 */
function addPairs(
  odds: Float64Array,
  columns: readonly (Float32Array | Uint32Array)[],
  { slots, scales, dims }: FmParts,
  vectors: Float64Array,
): void {
  const [sum, squares] = [new Float64Array(dims), new Float64Array(dims)]
  const [sameSum, sameSquares] = [new Float64Array(dims), new Float64Array(dims)]
  const add = (vector: number, value: number): void => {
    for (let k = 0; k < dims; k++) {
      const product = value * vectors[vector * dims + k]!
      sum[k]! += product
      squares[k]! += product * product
    }
  }
  const addField = (index: number, row: number): void => {
    const [field, column, start] = [slots.fields[index]!, columns[index]!, slots.vectors[index]!]
    if (field.kind === 'sequence') {
      const from = row * field.length
      const share = Math.fround(shareOf(column, from, field.length))
      for (let place = from; place < from + field.length; place++) {
        if (column[place] !== 0) add(start + column[place]!, share)
      }
      return
    }
    const value = column[row]!
    if (field.kind === 'category') add(start + value, 1)
    else if (!Number.isFinite(value)) add(start + 1, 1)
    else add(start, Math.fround((value - scales.mean[index]!) * scales.factor[index]!))
  }
  const indexes = columns.map((_, index) => index)
  const isSame = (index: number): boolean =>
    columns[index]!.length === widthOf(slots.fields[index]!)
  const [same, varying] = [indexes.filter(isSame), indexes.filter((index) => !isSame(index))]
  for (const index of same) addField(index, 0)
  sameSum.set(sum)
  sameSquares.set(squares)
  for (let row = 0; row < odds.length; row++) {
    sum.set(sameSum)
    squares.set(sameSquares)
    for (const index of varying) addField(index, row)
    let pairs = 0
    for (let k = 0; k < dims; k++) pairs += sum[k]! * sum[k]! - squares[k]!
    odds[row]! += pairs / 2
  }
}

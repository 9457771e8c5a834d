import { probability } from '../logistic/logistic-model.ts'
import type { Artifact } from '../model.ts'
import { widthOf } from '../ranking/field.ts'
import type { Ranker } from '../ranking/ranker.ts'
import { columnsOf, type Rows } from '../ranking/rows.ts'
import { loadedFields, savedFields } from '../ranking/saved-fields.ts'
import { joinWeights, readArtifact } from '../weights.ts'
import type { Scales } from './scales.ts'
import { type Slots, slotsOf } from './slots.ts'
import { shareOf } from './sparse-rows.ts'

/** A weighted sum of what is on in a row, as a probability. */
export interface LinearModel extends Ranker {
  readonly parts: LinearParts
}

export interface LinearParts {
  readonly slots: Slots
  readonly scales: Scales
  readonly heads: readonly string[]
  /** One for each head. */
  readonly sums: readonly WeightedSum[]
}

/** Log-odds: the bias and the weights of the slots that are on. */
export interface WeightedSum {
  readonly bias: number
  readonly weights: Float64Array
}

/** `save` is that of whoever learned it, who may have more to keep than the weights. */
export function linearRanker(kind: string, parts: LinearParts, save: () => Artifact): LinearModel {
  const { slots, scales, heads, sums } = parts
  return {
    kind,
    fields: slots.fields,
    heads,
    parts,
    async predict(rows) {
      const columns = columnsOf(rows, slots.fields)
      return sums.map((sum) => {
        const odds = addSums(rows, columns, parts.slots, scales, sum)
        return Float32Array.from(odds, probability)
      })
    },
    save,
  }
}

/** Column by column: what holds for every row is summed once. */
export function addSums(
  { rowCount }: Rows,
  columns: readonly (Float32Array | Uint32Array)[],
  { fields, starts }: Slots,
  scales: Scales,
  { bias, weights }: WeightedSum,
): Float64Array {
  const odds = new Float64Array(rowCount).fill(bias)
  for (const [index, column] of columns.entries()) {
    const field = fields[index]!
    const width = widthOf(field)
    const start = starts[index]!
    const part = (row: number): number => {
      if (field.kind === 'category') return weights[start + column[row]!]!
      if (field.kind === 'number') {
        const value = column[row]!
        if (!Number.isFinite(value)) return weights[start + 1]!
        // As single precision holds it, because the rows of the training do too.
        return weights[start]! * Math.fround((value - scales.mean[index]!) * scales.factor[index]!)
      }
      const share = Math.fround(shareOf(column, row * width, width))
      let sum = 0
      for (let place = row * width; place < (row + 1) * width; place++) {
        if (column[place] !== 0) sum += weights[start + column[place]!]!
      }
      return share * sum
    }
    if (column.length === width) {
      const same = part(0)
      for (let row = 0; row < rowCount; row++) odds[row]! += same
    } else for (let row = 0; row < rowCount; row++) odds[row]! += part(row)
  }
  return odds
}

const kind = 'linear'

/** The model of the batch fit: it has nothing to keep but its weights. */
export function linearModel(parts: LinearParts): LinearModel {
  const { slots, scales, heads, sums } = parts
  return linearRanker(kind, parts, () => ({
    header: { kind, fields: savedFields(slots.fields), heads: [...heads] },
    weights: joinWeights([
      scales.mean,
      scales.factor,
      ...sums.flatMap(({ bias, weights }) => [Float64Array.of(bias), weights]),
    ]),
  }))
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadLinear(artifact: Artifact): LinearModel {
  const reader = readArtifact(artifact, kind)
  const slots = slotsOf(loadedFields(artifact.header))
  const heads = reader.texts('heads')
  const { length } = slots.fields
  const scales = { mean: reader.float64(length), factor: reader.float64(length) }
  const sums = heads.map(() => ({
    bias: reader.float64(1)[0]!,
    weights: reader.float64(slots.slotCount),
  }))
  reader.end()
  return linearModel({ slots, scales, heads, sums })
}

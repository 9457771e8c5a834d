import { auc } from '../../../models/evaluation/auc.ts'
import type { Field } from '../../../models/ranking/field.ts'
import type { Examples } from '../../../models/ranking/rows.ts'

/** One field that tells the label by itself better than it should be able to. */
export interface TooGood {
  readonly field: string
  readonly label: string
  /** How well the field alone orders rows, whichever way round: 0.5 to 1. */
  readonly auc: number
}

/** No honest column of a recommender comes near it. */
const suspicious = 0.95

/** Rows of one kind, below which an AUC is luck. */
const rowsOfKindMin = 20

/** Rows that each id is given beforehand, of the mean label. */
const rowsBefore = 5

/**
 * An alarm, and no proof: fields that order the rows by a label almost perfectly on their own, as a
 * column does that was computed from the label. Numbers are taken as they are. Ids are taken by the
 * mean label that they have in the other half of the rows, so that an id of one row says nothing of
 * it.
 */
export function tooGoodFields(
  { columns, labels, rowCount }: Examples,
  fields: readonly Field[],
  least = suspicious,
): readonly TooGood[] {
  const found: TooGood[] = []
  for (const [label, values] of labels) {
    const positives = values.reduce((count, value) => count + (value > 0.5 ? 1 : 0), 0)
    if (Math.min(positives, rowCount - positives) < rowsOfKindMin) continue
    for (const field of fields) {
      const column = columns.get(field.name)!
      if (field.kind === 'sequence' || column.length < rowCount) continue
      const scores = field.kind === 'number' ? column : otherHalf(column, values, field.size)
      const own = auc(scores, values) ?? 0.5
      const best = Math.max(own, 1 - own)
      if (best >= least) found.push({ field: field.name, label, auc: best })
    }
  }
  return found
}

/** The mean label of each row's id among the rows of the other half, every second one. */
function otherHalf(ids: ArrayLike<number>, labels: Float32Array, size: number): Float64Array {
  const mean = labels.reduce((sum, label) => sum + label, 0) / labels.length
  const sums = [new Float64Array(size), new Float64Array(size)] as const
  const counts = [new Float64Array(size), new Float64Array(size)] as const
  for (let row = 0; row < labels.length; row++) {
    const [half, id] = [row % 2 === 0 ? 0 : 1, ids[row]!] as const
    sums[half][id]! += labels[row]!
    counts[half][id]! += 1
  }
  return Float64Array.from(labels, (_, row) => {
    const [other, id] = [row % 2 === 0 ? 1 : 0, ids[row]!] as const
    return (sums[other][id]! + mean * rowsBefore) / (counts[other][id]! + rowsBefore)
  })
}

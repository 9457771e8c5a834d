import type { Random } from '../../../kernel/random.ts'
import type { Descent } from '../../graph/training/descent.ts'
import { type Field, widthOf } from '../../ranking/field.ts'
import { columnsOf, type Examples } from '../../ranking/rows.ts'
import { bucketOf } from '../network/cross.ts'
import type { Placed, TrainingInputs } from '../network/inputs.ts'
import type { NegativeDraw } from './negatives.ts'

export interface Filled {
  readonly inputs: TrainingInputs
  readonly examples: Examples
  /** The input of each head's labels, and what is laid there. */
  readonly labels: readonly { readonly input: string; readonly values: Float32Array }[]
  readonly negatives?: NegativeDraw
}

/** A column with where its rows lie: one that holds for all of them has a stride of 0. */
interface Column {
  readonly values: Float32Array | Uint32Array
  readonly stride: number
}

/**
 * Lays rows of examples into the inputs of a descent. Where there are fewer than its batch holds,
 * the rest has weight 0, and ids of the unknown.
 *
 * With drawn negatives there are (1 + count) rows for each of the examples: itself, and as often
 * with another item.
 */
export function batchFiller(
  { inputs, examples, labels, negatives }: Filled,
  descent: Descent,
): (rows: Uint32Array, random: Random) => void {
  const { fields, graph, lookups, presences, columns } = inputs
  const values = columnsOf(examples, fields)
  const byName = new Map<string, Column>(
    fields.map((field, place) => {
      const isAll = values[place]!.length === widthOf(field) && examples.rowCount !== 1
      return [field.name, { values: values[place]!, stride: isAll ? 0 : widthOf(field) }]
    }),
  )
  const of = ({ name }: Pick<Field, 'name'>): Column => byName.get(name)!
  const meanWeight = meanOf(examples)
  const weights = descent.input('weights')
  const times = negatives ? negatives.count + 1 : 1
  // The examples of a batch, and what stands in the place of their item: -1 where nothing does.
  const sources = new Uint32Array(graph.batch)
  const drawn = new Int32Array(graph.batch)

  const idAt = ({ ids }: Placed, place: number, at: number): number => {
    const row = sources[place]!
    if (ids.kind === 'cross') {
      return bucketOf(ids, (part) => {
        const { values: column, stride } = of(ids.fields[part]!)
        return column[row * stride]!
      })
    }
    if (drawn[place]! >= 0 && ids.name === negatives?.item) return drawn[place]!
    const { values: column, stride } = of(ids)
    return column[row * stride + at]!
  }

  return (rows, random) => {
    const { length } = rows
    for (let place = 0; place < length; place++) {
      const row = rows[place]!
      sources[place] = Math.floor(row / times)
      drawn[place] = row % times === 0 ? -1 : negatives!.draw(sources[place]!, random)
    }
    for (const lookup of lookups) {
      const ids = descent.ids(lookup.input.name)
      const slots = lookup.input.shape[1]!
      ids.fill(0, length * slots)
      let slot = 0
      for (const placed of lookup.ids) {
        const width = placed.ids.kind === 'sequence' ? placed.ids.length : 1
        for (let at = 0; at < width; at++, slot++)
          for (let place = 0; place < length; place++)
            ids[place * slots + slot] = placed.start + idAt(placed, place, at)
      }
    }
    for (const { input, field } of presences) {
      const target = descent.input(input.name)
      const { values: column, stride } = of(field)
      target.fill(0, length * field.length)
      for (let place = 0; place < length; place++)
        for (let at = 0; at < field.length; at++)
          target[place * field.length + at] = Number(column[sources[place]! * stride + at] !== 0)
    }
    for (const { input, field } of columns) {
      const target = descent.input(input.name)
      const { values: column, stride } = of(field)
      target.fill(0, length)
      for (let place = 0; place < length; place++) target[place] = column[sources[place]! * stride]!
    }
    for (const { input, values: known } of labels) {
      const target = descent.input(input)
      for (let place = 0; place < length; place++)
        target[place] = drawn[place]! >= 0 ? 0 : known[sources[place]!]!
    }
    weights.fill(0, length)
    for (let place = 0; place < length; place++) {
      const weight = examples.weights?.[sources[place]!] ?? 1
      weights[place] = weight / meanWeight / length
    }
  }
}

/** Weights count beside each other, not by their size. */
function meanOf({ weights }: Examples): number {
  if (weights === undefined) return 1
  return weights.reduce((sum, weight) => sum + weight, 0) / weights.length
}

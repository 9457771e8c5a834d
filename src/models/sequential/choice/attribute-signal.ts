import { invalid } from '../../../error.ts'
import type { Artifact } from '../../model.ts'
import { joinWeights, readArtifact } from '../../weights.ts'
import type { Moment, Signal } from './signal.ts'

export interface AttributeOptions {
  /** How many of the last items are looked at, 1 to 1,000. */
  readonly memory: number
  /** How much less each says than the one after it, in (0, 1]. */
  readonly decay: number
}

/**
 * How much of what was met last has the attribute of an item: log(1 + Σ decay^k) over the k-th last
 * items that do. `values` holds an ordinal per item, 0 where nothing is told: that is like nothing.
 *
 * Throws `invalid_argument` for options out of range.
 */
export function attributeSignal(values: Uint32Array, { memory, decay }: AttributeOptions): Signal {
  if (!(Number.isInteger(memory) && memory >= 1 && memory <= 1_000)) {
    throw invalid('memory', `${memory} must be a whole number >= 1 and <= 1000`)
  }
  if (!(decay > 0 && decay <= 1)) throw invalid('decay', `${decay} must be > 0 and <= 1`)
  const itemCount = values.length
  return {
    kind: 'attribute',
    itemCount,
    of({ past }: Moment, candidates) {
      const shares = new Map<number, number>()
      let share = 1
      for (let back = 1; back <= Math.min(memory, past.length); back++) {
        const value = values[past[past.length - back]!]!
        shares.set(value, (shares.get(value) ?? 0) + share)
        share *= decay
      }
      shares.delete(0)
      return Float32Array.from(candidates, (item) => Math.log1p(shares.get(values[item]!) ?? 0))
    },
    save: () => ({
      header: { kind: 'attribute', itemCount, memory, decay },
      weights: joinWeights([values]),
    }),
  }
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadAttribute(artifact: Artifact): Signal {
  const reader = readArtifact(artifact, 'attribute')
  const options = { memory: reader.count('memory'), decay: reader.number('decay') }
  const values = reader.uint32(reader.count('itemCount'))
  reader.end()
  return attributeSignal(values, options)
}

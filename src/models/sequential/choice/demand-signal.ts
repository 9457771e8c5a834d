import { invalid } from '../../../error.ts'
import type { Artifact } from '../../model.ts'
import { joinWeights, readArtifact } from '../../weights.ts'
import type { Signal } from './signal.ts'

/** When each item was met, by whomever: item i's times at starts[i] ..., ascending. */
export interface Demand {
  readonly starts: Uint32Array
  /** Seconds. */
  readonly times: Float64Array
}

/** What of the demand until a moment is told. */
export type DemandMeasure =
  /** log(1 + how often in the last `seconds`). */
  | { readonly measure: 'count'; readonly seconds: number }
  /** log(1 + seconds since it was last met, or first met); of what nobody met yet `unmet`. */
  | { readonly measure: 'since-last' | 'since-first' }

/** Of an item that nobody met: about as long ago as thirty years. */
const unmet = Math.log1p(1e9)

/** Sorts times by item. Throws `invalid_argument` for arrays of unequal length. */
export function demandOf(items: Uint32Array, times: Float64Array, itemCount: number): Demand {
  if (items.length !== times.length) {
    throw invalid('times', `are ${times.length} of ${items.length} items: they must be as many`)
  }
  const lists: number[][] = Array.from({ length: itemCount }, () => [])
  for (const [place, item] of items.entries()) lists[item]!.push(times[place]!)
  const starts = new Uint32Array(itemCount + 1)
  const sorted = new Float64Array(items.length)
  for (const [item, list] of lists.entries()) {
    starts[item + 1] = starts[item]! + list.length
    // As numbers: sorted as text, a time of nine digits comes after one of ten.
    sorted.set(Float64Array.from(list).sort(), starts[item])
  }
  return { starts, times: sorted }
}

/** How much an item was asked for, as known at the moment: what came later tells nothing. */
export function demandSignal({ starts, times }: Demand, what: DemandMeasure): Signal {
  const itemCount = starts.length - 1
  const value = (item: number, at: number): number => {
    const [from, to] = [starts[item]!, starts[item + 1]!]
    const now = firstAtLeast(times, from, to, at)
    if (what.measure === 'count') {
      return Math.log1p(now - firstAtLeast(times, from, now, at - what.seconds))
    }
    if (now === from) return unmet
    return Math.log1p(at - times[what.measure === 'since-last' ? now - 1 : from]!)
  }
  return {
    kind: 'demand',
    itemCount,
    of: ({ at }, candidates) => Float32Array.from(candidates, (item) => value(item, at)),
    save() {
      const header = { kind: 'demand', itemCount, metCount: times.length, ...what }
      return { header, weights: joinWeights([starts, times]) }
    },
  }
}

/** The first place of an ascending run whose value is not below `least`; `to` where all are. */
function firstAtLeast(values: Float64Array, from: number, to: number, least: number): number {
  let [low, high] = [from, to]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (values[middle]! < least) low = middle + 1
    else high = middle
  }
  return low
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadDemand(artifact: Artifact): Signal {
  const reader = readArtifact(artifact, 'demand')
  const starts = reader.uint32(reader.count('itemCount') + 1)
  const times = reader.float64(reader.count('metCount'))
  reader.end()
  const { measure } = artifact.header
  const what: DemandMeasure =
    measure === 'since-last' || measure === 'since-first'
      ? { measure }
      : { measure: 'count', seconds: reader.number('seconds') }
  return demandSignal({ starts, times }, what)
}

import { randomOrder } from '../../../kernel/lists/random-order.ts'
import { seededRandom } from '../../../kernel/random.ts'
import type { ArtifactReader } from '../../weights.ts'

/**
 * What the labels were, on average, wherever an id or a pair of ids came: a number that trees can
 * ask for where ids are many.
 */
export interface Statistic {
  /**
   * (Σ labels + prior × mean) / (rows + prior), on average over the keys of the row, of which there
   * are `width` and those < 0 are none; NaN where there is none.
   */
  fill(keys: Float64Array, width: number): Float32Array
  arrays(): readonly Float64Array[]
}

export interface StatisticOptions {
  /** Rows that the mean of all counts for. */
  readonly prior: number
  readonly seed: string
}

/** Sums by key, and what they are drawn towards. */
interface Sums {
  readonly places: Map<number, number>
  readonly sums: number[]
  readonly counts: number[]
  readonly mean: number
  readonly prior: number
}

/**
 * Learns from rows, and gives for these the statistic as it was before each of them in a random
 * order: of itself a row must know nothing, or trees would read the label out of it (ordered target
 * statistics: Prokhorenkova et al., NeurIPS 2018, CatBoost, section 3.2).
 */
export function learnStatistic(
  keys: Float64Array,
  width: number,
  labels: Float32Array,
  weights: Float32Array,
  { prior, seed }: StatisticOptions,
): { readonly statistic: Statistic; readonly ordered: Float32Array } {
  let [sum, total] = [0, 0]
  for (let row = 0; row < labels.length; row++) {
    sum += weights[row]! * labels[row]!
    total += weights[row]!
  }
  const known: Sums = {
    ...{ places: new Map(), sums: [], counts: [] },
    ...{ mean: total > 0 ? sum / total : 0, prior },
  }
  const ordered = new Float32Array(labels.length)
  for (const row of randomOrder(labels.length, seededRandom(seed))) {
    ordered[row] = averageOf(known, keys, row * width, width)
    for (let at = row * width; at < (row + 1) * width; at++) {
      if (keys[at]! >= 0) add(known, keys[at]!, weights[row]! * labels[row]!, weights[row]!)
    }
  }
  return { statistic: statisticOf(known), ordered }
}

function add({ places, sums, counts }: Sums, key: number, sum: number, count: number): void {
  let place = places.get(key)
  if (place === undefined) {
    place = sums.length
    places.set(key, place)
    sums.push(0)
    counts.push(0)
  }
  sums[place]! += sum
  counts[place]! += count
}

function averageOf(known: Sums, keys: Float64Array, from: number, width: number): number {
  const { places, sums, counts, mean, prior } = known
  let [total, count] = [0, 0]
  for (let at = from; at < from + width; at++) {
    if (keys[at]! < 0) continue
    const place = places.get(keys[at]!)
    const [sum, rows] = place === undefined ? [0, 0] : [sums[place]!, counts[place]!]
    total += (sum + prior * mean) / (rows + prior)
    count++
  }
  return count === 0 ? Number.NaN : total / count
}

function statisticOf(known: Sums): Statistic {
  return {
    fill(keys, width) {
      const column = new Float32Array(keys.length / width)
      for (let row = 0; row < column.length; row++) {
        column[row] = averageOf(known, keys, row * width, width)
      }
      return column
    },
    arrays: () => [
      Float64Array.of(known.places.size, known.mean, known.prior),
      Float64Array.from(known.places.keys()),
      Float64Array.from(known.sums),
      Float64Array.from(known.counts),
    ],
  }
}

export function readStatistic(reader: ArtifactReader): Statistic {
  const [size, mean, prior] = Array.from(reader.float64(3)) as [number, number, number]
  const count = Number.isInteger(size) && size >= 0 ? size : 0
  const places = new Map(Array.from(reader.float64(count), (key, place) => [key, place]))
  const [sums, counts] = [Array.from(reader.float64(count)), Array.from(reader.float64(count))]
  return statisticOf({ places, sums, counts, mean, prior })
}

import { shuffledStart } from '../lists/shuffled-start.ts'
import type { Random } from '../random.ts'
import { inOrder } from './in-order.ts'
import { centresOf, kMeansBytes, type Space } from './k-means.ts'

/** Writes the direction of a row at a place. */
export type Direct = (row: number, into: Float32Array, place: number) => void

export interface CentresOptions extends Space {
  /** The rows that have a direction. */
  readonly rows: number[]
  readonly direct: Direct
  /** How many there are to be: a multiple of 4. */
  readonly listCount: number
  readonly random: Random
}

/** Rows per centre that the centres are learned from. */
const samplePerList = 32
/** Of a group that holds more than so many times the mean, the rest gives it no more centres. */
const shareMax = 4

/** About √n of n: finding groups takes about as long then as finding all centres in them. */
const groupCountFor = (listCount: number): number =>
  Math.max(4, 4 * Math.round(Math.sqrt(listCount) / 4))

const sampleCountFor = (rowCount: number, listCount: number): number =>
  Math.min(rowCount, listCount * samplePerList)

/** What learning lays in an arena, the centres included. */
export function learningBytes(rowCount: number, listCount: number, wide: number): number {
  const sample = sampleCountFor(rowCount, listCount)
  const hubs = kMeansBytes(sample, groupCountFor(listCount), wide)
  const fine = sample * wide * 4 + 64 + kMeansBytes(sample, listCount, wide)
  return (sample * (wide + 1) + listCount * wide) * 4 + 3 * 64 + hubs + fine
}

/**
 * Centres of rows, in the arena: learned group by group, so that a row is held against the centres
 * of its group alone. Groups cut apart what is near; centres that were moved together afterwards
 * found no more for half as much time again.
 */
export function learnedCentres(options: CentresOptions): Float32Array {
  const { arena, kernels, wide, rows, direct, listCount, random } = options
  const count = sampleCountFor(rows.length, listCount)
  const centres = arena.float32(listCount * wide)
  const sample = arena.float32(count * wide)
  for (const [index, row] of shuffledStart(rows, count, random).entries()) {
    direct(row, sample, index)
  }
  const owners = arena.uint32(count)
  const mark = arena.mark()
  const centreCount = groupCountFor(listCount)
  kernels.assign(sample, centresOf({ ...options, sample, centreCount }), wide, owners)
  const { starts, order } = inOrder(owners, centreCount)
  let at = 0
  for (const [group, fours] of foursOf(starts, listCount / 4).entries()) {
    if (fours === 0) continue
    arena.release(mark)
    const own = order.subarray(starts[group], starts[group + 1])
    const part = arena.float32(own.length * wide)
    for (const [place, row] of own.entries()) {
      part.set(sample.subarray(row * wide, (row + 1) * wide), place * wide)
    }
    const learned = centresOf({ ...options, sample: part, centreCount: 4 * fours })
    centres.set(learned, at)
    at += learned.length
  }
  arena.release(mark)
  return centres
}

/** How many times four centres each group gets, by how many rows it has. */
function foursOf(starts: Uint32Array, fours: number): readonly number[] {
  const groupCount = starts.length - 1
  const most = (shareMax * starts[groupCount]!) / groupCount
  const weights = Array.from({ length: groupCount }, (_, group) =>
    Math.min(most, starts[group + 1]! - starts[group]!),
  )
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  let [sum, given] = [0, 0]
  return weights.map((weight) => {
    sum += weight
    const own = Math.round((sum / all) * fours) - given
    given += own
    return own
  })
}

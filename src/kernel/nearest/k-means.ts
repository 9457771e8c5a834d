import type { Random } from '../random.ts'
import type { Arena } from '../wasm/arena.ts'
import type { SearchKernels } from '../wasm/search-kernels.ts'

/** Where directions are compared: they lie in the arena, `wide` numbers each. */
export interface Space {
  readonly arena: Arena
  readonly kernels: SearchKernels
  readonly wide: number
}

export interface KMeansOptions extends Space {
  /** count × wide, directions of length 1, in the arena. */
  readonly sample: Float32Array
  /** How many there are to be: a multiple of 4. */
  readonly centreCount: number
  readonly random: Random
}

/**
 * The share of the sample that each round looks at: where the centres lie, a part tells about as
 * well, and where exactly, only the last rounds have to.
 */
const rounds = [0.25, 0.25, 0.25, 0.25, 0.25, 0.5, 1]

/** What is laid in an arena meanwhile, the centres included. */
export const kMeansBytes = (count: number, centreCount: number, wide: number): number =>
  (centreCount * wide + count) * 4 + 2 * 64

/**
 * Centres of directions, as directions (spherical k-means: Dhillon and Modha 2001), in the arena.
 * A centre that is nobody's begins anew at a row by chance. The sample is in no order.
 */
export function centresOf(options: KMeansOptions): Float32Array {
  const { arena, kernels, sample, wide, centreCount, random } = options
  const count = sample.length / wide
  const centres = arena.float32(centreCount * wide)
  const owners = arena.uint32(count)
  const begin = (centre: number): void => {
    const row = random.below(count) * wide
    centres.set(sample.subarray(row, row + wide), centre * wide)
  }
  for (let centre = 0; centre < centreCount; centre++) begin(centre)
  const sums = new Float64Array(centreCount * wide)
  for (const share of rounds) {
    const some = Math.ceil(share * count)
    kernels.assign(sample.subarray(0, some * wide), centres, wide, owners.subarray(0, some))
    sums.fill(0)
    for (let row = 0; row < some; row++) {
      const start = owners[row]! * wide
      for (let k = 0; k < wide; k++) sums[start + k]! += sample[row * wide + k]!
    }
    for (let centre = 0; centre < centreCount; centre++) {
      const sum = sums.subarray(centre * wide, (centre + 1) * wide)
      const length = Math.sqrt(sum.reduce((squares, value) => squares + value * value, 0))
      if (length === 0) begin(centre)
      else for (let k = 0; k < wide; k++) centres[centre * wide + k] = sum[k]! / length
    }
  }
  return centres
}

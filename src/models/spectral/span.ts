import { mirrorLower } from '../../kernel/linear/gram.ts'
import { type Factor, factored } from '../../kernel/linear/orthonormal.ts'
import type { Arena } from '../../kernel/wasm/arena.ts'
import { type SparseKernels, scratchRows } from '../../kernel/wasm/sparse-kernels.ts'
import type { Pace } from '../pace.ts'

/** What the columns of tall matrices span, which lie in an arena row by row, all of one width. */
export interface Span {
  /** XᵀX, whole, in double precision. */
  gramOf(rows: Float32Array, pace: Pace): Promise<Float64Array>
  /** X becomes X × turn, which is width × width, row by row. */
  turn(rows: Float32Array, turn: Float64Array, pace: Pace): Promise<void>
  /**
   * The columns become orthonormal, in order, by the Cholesky factor of their products; those that
   * are nothing but mixtures of others become zeros.
   */
  orthonormalize(rows: Float32Array, pace: Pace): Promise<void>
}

/** Rows that are copied out of the way of what they become. */
const rowsAtOnce = 256

/** What it takes in an arena. */
export function spanBytes(width: number): number {
  const singles = (rowsAtOnce + width) * width + rowsAtOnce
  return 4 * singles + 8 * (scratchRows + width) * width + 6 * 64
}

export function spanIn(arena: Arena, kernels: SparseKernels, width: number): Span {
  const gram = arena.float64(width * width)
  const scratch = arena.float64(scratchRows * width)
  const some = arena.float32(rowsAtOnce * width)
  const ones = arena.float32(rowsAtOnce).fill(1)
  const columns = arena.float32(width * width)
  const eachPart = async (rows: Float32Array, pace: Pace, work: (part: Float32Array) => void) => {
    for (let start = 0; start < rows.length; start += rowsAtOnce * width) {
      const part = rows.subarray(start, start + rowsAtOnce * width)
      work(part)
      // A kernel does some times as much in a moment as plain code.
      if (pace.due((part.length * width) / 8)) await pace.rest()
    }
  }
  const gramOf: Span['gramOf'] = async (rows, pace) => {
    gram.fill(0)
    await eachPart(rows, pace, (part) => kernels.addGram(part, width, scratch, gram))
    const whole = new Float64Array(gram.length)
    for (let row = 0; row < width; row++) {
      for (let column = 0; column <= row; column++) {
        whole[row * width + column] = gram[column * width + row]!
      }
    }
    mirrorLower(whole, width)
    return whole
  }
  const turn: Span['turn'] = async (rows, by, pace) => {
    columns.set(by)
    await eachPart(rows, pace, (part) => {
      some.set(part)
      part.fill(0)
      const count = part.length / width
      const from = some.subarray(0, part.length)
      kernels.addDense(from, ones.subarray(0, count), columns, width, part)
    })
  }
  return {
    ...{ gramOf, turn },
    async orthonormalize(rows, pace) {
      await turn(rows, inverseOf(factored(await gramOf(rows, pace), width), width), pace)
    },
  }
}

/** L⁻ᵀ, in which columns that say nothing new are zeros. */
function inverseOf({ lower, inverses }: Factor, width: number): Float64Array {
  // Row by row it is L⁻¹ first: all that a row needs lies behind each other.
  const inverse = new Float64Array(width * width)
  for (let row = 0; row < width; row++) {
    const start = row * width
    const scale = inverses[row]!
    if (scale === 0) continue
    inverse[start + row] = scale
    for (let other = 0; other < row; other++) {
      const share = lower[start + other]! * scale
      if (share === 0) continue
      for (let k = 0; k <= other; k++) inverse[start + k]! -= share * inverse[other * width + k]!
    }
  }
  const turned = new Float64Array(width * width)
  for (let row = 0; row < width; row++) {
    for (let k = 0; k <= row; k++) turned[k * width + row] = inverse[row * width + k]!
  }
  return turned
}

import type { Arena } from '../../kernel/wasm/arena.ts'
import type { KernelCall, KernelTeam } from '../../kernel/wasm/kernel-team.ts'
import type { Interactions } from '../interactions.ts'

/**
 * One side of a factorisation, users or items, laid where kernels compute: its vectors, and whom
 * each of its rows met of the other side.
 */
export interface Side {
  readonly rowCount: number
  /** rowCount × width. */
  readonly vectors: Float32Array
  readonly starts: Uint32Array
  readonly columns: Uint32Array
  readonly weights: Float32Array
  /** What is added to the diagonal, by row. */
  readonly penalties: Float32Array
}

/** What both halves of a sweep have in common. */
export interface HalfSweeps {
  /**
   * Improves the vector of every row while those of the columns stand still, by so many steps of
   * conjugate gradient.
   *
   * A row reads none of the others, and parts of the Gram matrix are added up in their order, so
   * that all numbers of threads give the same bits.
   */
  solve(rows: Side, columns: Side, steps: number): Promise<void>
}

export interface HalfSweepOptions {
  readonly arena: Arena
  readonly team: KernelTeam
  /** `widthFor(dims)` */
  readonly width: number
  /** A cell of weight w is believed 1 + alpha w times as much as an empty one. */
  readonly alpha: number
}

/** Kernels take sixteen numbers at a time: what is more than the dimensions is 0, and stays 0. */
export function widthFor(dims: number): number {
  return Math.ceil(dims / 16) * 16
}

/** What a side takes in an arena. */
export function sideBytes({ rowCount, columns }: Interactions, width: number): number {
  const arrays = 5 * 64
  return rowCount * (width + 2) * 4 + columns.length * 8 + 4 + arrays
}

/** Rows that a kernel improves together, as in kernels/als.ts: three vectors and a norm each. */
const rowsTogether = 8
const scratchLength = (width: number): number => rowsTogether * (3 * width + 1)

/** What half sweeps take in an arena beside the sides. */
export function halfSweepBytes(width: number, threads: number): number {
  return (gramParts + 1) * (width * width * 4 + 64) + threads * (scratchLength(width) * 4 + 64)
}

export function placedSide(
  arena: Arena,
  matrix: Interactions,
  width: number,
  penalty: (cellCount: number) => number,
): Side {
  const { rowCount, columns, weights } = matrix
  const side = {
    rowCount,
    vectors: arena.float32(rowCount * width),
    starts: arena.uint32(rowCount + 1),
    columns: arena.uint32(columns.length),
    weights: arena.float32(columns.length),
    penalties: arena.float32(rowCount),
  }
  side.starts.set(matrix.starts)
  side.columns.set(columns)
  side.weights.set(weights)
  for (let row = 0; row < rowCount; row++) {
    side.penalties[row] = penalty(matrix.starts[row + 1]! - matrix.starts[row]!)
  }
  return side
}

/** Parts of the Gram matrix that are made before they are added up. */
const gramParts = 16
/** Rows of a part: single precision is enough for so many. */
const partRows = 2_048
/** Multiply-adds of a call: some 0.5 ms. */
const callWork = 3_000_000

export function halfSweeps({ arena, team, width, alpha }: HalfSweepOptions): HalfSweeps {
  const at = arena.addressOf
  const gram = arena.float32(width * width)
  const parts = Array.from({ length: gramParts }, () => arena.float32(width * width))
  const scratch = Array.from({ length: team.threads }, () => arena.float32(scratchLength(width)))
  const gramOf = async ({ rowCount, vectors }: Side): Promise<void> => {
    const sums = new Float64Array(width * width)
    for (let wave = 0; wave < rowCount; wave += gramParts * partRows) {
      const starts = parts.map((_, part) => wave + part * partRows)
      const calls = starts.flatMap((start, part): KernelCall[] => {
        const count = Math.min(partRows, rowCount - start)
        if (count <= 0) return []
        const values = [at(vectors) + start * width * 4, count, width, at(parts[part]!.fill(0))]
        return [{ kernel: 'addGram', values: () => values, work: (count * width * width) / 2 }]
      })
      await team.run(calls)
      for (let part = 0; part < calls.length; part++) addUpper(sums, parts[part]!, width)
    }
    mirrored(sums, gram, width)
  }
  return {
    async solve(rows, columns, steps) {
      await gramOf(columns)
      const calls = rangesOf(rows, width, steps).map(({ from, to, work }): KernelCall => {
        const values = (thread: number): readonly number[] => [
          ...[at(rows.starts), at(rows.columns), at(rows.weights), at(rows.vectors)],
          ...[at(columns.vectors), at(gram), width, from, to, alpha],
          ...[at(rows.penalties), steps, at(scratch[thread]!)],
        ]
        return { kernel: 'solveRows', values, work }
      })
      await team.run(calls)
    },
  }
}

/** Ranges of rows that take about as long as each other. */
function* ranges({ rowCount, starts }: Side, width: number, steps: number) {
  let from = 0
  let work = 0
  for (let row = 0; row < rowCount; row++) {
    work += (steps + 1) * width * (width + 2 * (starts[row + 1]! - starts[row]!))
    if (work < callWork && row + 1 < rowCount) continue
    yield { from, to: row + 1, work }
    from = row + 1
    work = 0
  }
}

const rangesOf = (side: Side, width: number, steps: number) => [...ranges(side, width, steps)]

function addUpper(sums: Float64Array, part: Float32Array, width: number): void {
  for (let row = 0; row < width; row++) {
    for (let place = row * width + row; place < (row + 1) * width; place++) {
      sums[place] = sums[place]! + part[place]!
    }
  }
}

/** The upper triangle of `sums`, in both triangles of `full`, in panels as kernels/als.ts says. */
function mirrored(sums: Float64Array, full: Float32Array, width: number): void {
  const place = (row: number, column: number): number =>
    (row >> 2) * 4 * width + (column >> 2) * 16 + (row & 3) * 4 + (column & 3)
  for (let row = 0; row < width; row++) {
    for (let column = row; column < width; column++) {
      const sum = sums[row * width + column]!
      full[place(row, column)] = sum
      full[place(column, row)] = sum
    }
  }
}

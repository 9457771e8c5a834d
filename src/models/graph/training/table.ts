import type { Arena } from '../../../kernel/wasm/arena.ts'
import type { AdamOptions, DescentKernels } from '../../../kernel/wasm/descent-kernels.ts'
import type { RowKernels, Table } from '../../../kernel/wasm/row-kernels.ts'

/** A table of vectors that lies outside the graph: a step looks some of its rows up. */
export interface TablePlan {
  readonly name: string
  readonly rowCount: number
  readonly width: number
  /** Of the normal numbers that it begins with. */
  readonly deviation: number
  /** Rows that begin at 0: those of what is unknown. */
  readonly blank?: readonly number[]
  /**
   * `every` row moves in each step of Adam, as the moments of rows that were not looked up say;
   * `touched` rows alone do, which large tables need (lazy Adam); `adagrad` is touched rows by
   * Adagrad (Duchi et al. 2011), with half the memory.
   */
  readonly update: 'every' | 'touched' | 'adagrad'
  /** Penalty l2 / 2 · Σ value²: of every row, or of those touched. 0 where left out. */
  readonly l2?: number
}

/** A table while it is learned. */
export interface LearnedTable {
  readonly plan: TablePlan
  readonly values: Float32Array
  /** What a step looks up, lookup after lookup: to be filled before it, and changed by it. */
  readonly ids: Uint32Array
  /** The gradients of what was looked up, a row per id. */
  readonly rows: Float32Array
  /** Where the gradient of the whole table is to be written, if the graph takes it whole. */
  readonly whole: Float32Array | undefined
  /** What has to be kept beside the weights to go on from here. */
  readonly moments: readonly Float32Array[]
  lookUp(ids: Uint32Array, to: Float32Array): void
  descend(options: AdamOptions): void
}

/** How many numbers of four bytes a table with so many lookups per step takes. */
export function tableSize({ rowCount, width, update }: TablePlan, lookups: number): number {
  const size = rowCount * width
  const looked = lookups * (1 + width)
  if (update === 'every') return looked + 4 * size
  return looked + rowCount + (update === 'touched' ? 3 : 2) * size
}

export interface TableGround {
  readonly arena: Arena
  readonly kernels: RowKernels & DescentKernels
  readonly lookups: number
  readonly isWhole: boolean
}

export function learnedTable(plan: TablePlan, ground: TableGround): LearnedTable {
  const { arena, kernels, lookups, isWhole } = ground
  const { rowCount, width } = plan
  const size = rowCount * width
  const values = arena.float32(size)
  const table: Table = { values, width }
  const ids = arena.uint32(lookups)
  const rows = arena.float32(lookups * width)
  const lookUp = (some: Uint32Array, to: Float32Array) => kernels.gather(table, some, to)
  const first = arena.float32(size)
  if (plan.update === 'every') {
    const [second, gradient] = [arena.float32(size), arena.float32(size)]
    const descend = (options: AdamOptions): void => {
      if (!isWhole) gradient.fill(0)
      kernels.scatterAdd({ values: gradient, width }, { ids, rows })
      if (plan.l2) kernels.axpy(plan.l2, values, gradient)
      kernels.adam(values, gradient, { first, second }, options)
    }
    const moments = [first, second]
    const whole = isWhole ? gradient : undefined
    return { plan, values, ids, rows, whole, moments, lookUp, descend }
  }
  const slots = arena.uint32(rowCount)
  const touched = () => {
    const gradients = kernels.coalesce({ ids, rows }, width, slots)
    if (plan.l2) penalise(values, width, gradients, plan.l2)
    return gradients
  }
  if (plan.update === 'adagrad') {
    const descend = ({ rate }: AdamOptions): void =>
      kernels.adagradRows(table, touched(), first, { rate })
    return { plan, values, ids, rows, whole: undefined, moments: [first], lookUp, descend }
  }
  const second = arena.float32(size)
  const descend = (options: AdamOptions): void =>
    kernels.adamRows(table, touched(), { first, second }, options)
  return { plan, values, ids, rows, whole: undefined, moments: [first, second], lookUp, descend }
}

function penalise(
  values: Float32Array,
  width: number,
  { ids, rows }: { readonly ids: Uint32Array; readonly rows: Float32Array },
  l2: number,
): void {
  for (const [place, id] of ids.entries()) {
    for (let k = 0; k < width; k++) rows[place * width + k]! += l2 * values[id * width + k]!
  }
}

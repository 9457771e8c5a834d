import type { Arena } from './arena.ts'
import { kernelModule, kernelsOver, type Rounding } from './kernel-module.ts'
import { checkIds, checkLength, type RowsById, rowCountOf, type Table } from './row-kernels.ts'
import type { Kernel } from './web-assembly.ts'

/** What Adam keeps between steps: as long as the weights, zeros before the first. */
export interface Moments {
  readonly first: Float32Array
  readonly second: Float32Array
}

export interface AdamOptions {
  /** > 0 */
  readonly rate: number
  /** In [0, 1); 0.9 and 0.999 where left out. */
  readonly beta1?: number
  readonly beta2?: number
  /** Added to the root, > 0; 1e-8 where left out. */
  readonly epsilon?: number
  /** How much weights decay apart from the gradient, per unit of rate; 0 where left out. */
  readonly decay?: number
  /** Which step this is, from 1. */
  readonly step: number
}

export interface AdagradOptions {
  /** > 0 */
  readonly rate: number
  /** Added to the root, ≥ 0; 1e-10 where left out. */
  readonly epsilon?: number
}

/** As the paper names them: rates of learning, and what draws weights to nothing. */
export interface FtrlOptions {
  readonly alpha: number
  readonly beta: number
  readonly l1: number
  readonly l2: number
}

/** What FTRL keeps between steps, as large as the table: zeros before the first. */
export interface FtrlState {
  readonly sums: Float32Array
  readonly squares: Float32Array
}

/**
 * Steps of descent over arrays of one arena: of whole arrays, or of the rows of a table that
 * gradients are known of, each id once (`RowKernels.coalesce`).
 *
 * All throw as those of `RowKernels` do.
 */
export interface DescentKernels {
  adam(weights: Float32Array, gradients: Float32Array, kept: Moments, options: AdamOptions): void
  /** Rows without a gradient keep weights and moments. */
  adamRows(table: Table, gradients: RowsById, kept: Moments, options: AdamOptions): void

  /** `squares` sums the squares of all gradients, and begins at any number ≥ 0. */
  adagrad(
    weights: Float32Array,
    gradients: Float32Array,
    squares: Float32Array,
    options: AdagradOptions,
  ): void
  adagradRows(
    table: Table,
    gradients: RowsById,
    squares: Float32Array,
    options: AdagradOptions,
  ): void

  /** FTRL-Proximal, whose weights are exactly 0 where little speaks for another number. */
  ftrlRows(table: Table, gradients: RowsById, kept: FtrlState, options: FtrlOptions): void
}

/** The kernels of one arena; `rounding` is the best of this machine if left out. */
export function descentKernels(arena: Arena, rounding?: Rounding): DescentKernels {
  const kernel = kernelsOver(kernelModule('rows', rounding), arena.memory)
  return {
    ...adamOver(arena, kernel('adam'), kernel('adamRows')),
    ...adagradOver(arena, kernel('adagrad'), kernel('adagradRows')),
    ftrlRows: ftrlOver(arena, kernel('ftrlRows')),
  }
}

type Adam = Pick<DescentKernels, 'adam' | 'adamRows'>

function adamOver({ addressOf: at }: Arena, adam: Kernel, adamRows: Kernel): Adam {
  return {
    adam(weights, gradients, { first, second }, options) {
      checkAll(weights.length, { gradients, first, second })
      const count = weights.length
      adam(at(weights), at(gradients), at(first), at(second), count, ...adamNumbers(options))
    },
    adamRows(table, { ids, rows }, { first, second }, options) {
      checkAll(table.values.length, { first, second })
      checkLength('rows', rows, ids.length * table.width)
      const rowCount = rowCountOf(table)
      const fault = adamRows(
        ...[at(table.values), rowCount, table.width, at(ids), ids.length, at(rows)],
        ...[at(first), at(second), ...adamNumbers(options)],
      )
      checkIds(ids, fault, rowCount)
    },
  }
}

function adamNumbers(options: AdamOptions): readonly number[] {
  const { rate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, decay = 0, step } = options
  const undo = (beta: number): number => 1 / (1 - beta ** step)
  return [rate, beta1, beta2, undo(beta1), undo(beta2), epsilon, 1 - rate * decay]
}

type Adagrad = Pick<DescentKernels, 'adagrad' | 'adagradRows'>

function adagradOver({ addressOf: at }: Arena, adagrad: Kernel, adagradRows: Kernel): Adagrad {
  return {
    adagrad(weights, gradients, squares, { rate, epsilon = 1e-10 }) {
      checkAll(weights.length, { gradients, squares })
      adagrad(at(weights), at(gradients), at(squares), weights.length, rate, epsilon)
    },
    adagradRows(table, { ids, rows }, squares, { rate, epsilon = 1e-10 }) {
      checkAll(table.values.length, { squares })
      checkLength('rows', rows, ids.length * table.width)
      const rowCount = rowCountOf(table)
      const fault = adagradRows(
        ...[at(table.values), rowCount, table.width, at(ids), ids.length, at(rows)],
        ...[at(squares), rate, epsilon],
      )
      checkIds(ids, fault, rowCount)
    },
  }
}

function ftrlOver({ addressOf: at }: Arena, ftrlRows: Kernel): DescentKernels['ftrlRows'] {
  return (table, { ids, rows }, { sums, squares }, { alpha, beta, l1, l2 }) => {
    checkAll(table.values.length, { sums, squares })
    checkLength('rows', rows, ids.length * table.width)
    const rowCount = rowCountOf(table)
    const fault = ftrlRows(
      ...[at(table.values), rowCount, table.width, at(ids), ids.length, at(rows)],
      ...[at(sums), at(squares), alpha, beta, l1, l2],
    )
    checkIds(ids, fault, rowCount)
  }
}

function checkAll(length: number, arrays: Readonly<Record<string, Float32Array>>): void {
  for (const [name, array] of Object.entries(arrays)) checkLength(name, array, length)
}

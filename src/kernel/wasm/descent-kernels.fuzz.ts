import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openArena } from './arena.ts'
import { descentKernels } from './descent-kernels.ts'
import { roundings } from './kernel-module.ts'

const number = fc.double({ min: -4, max: 4, noNaN: true }).map(Math.fround)
const numbers = (length: number) => fc.array(number, { minLength: length, maxLength: length })

/** A table, ids that come once each, and a row for each of them in each of some steps. */
const descents = fc
  .record({ rowCount: fc.integer({ min: 1, max: 6 }), width: fc.integer({ min: 1, max: 11 }) })
  .chain(({ rowCount, width }) =>
    fc.uniqueArray(fc.nat(rowCount - 1), { maxLength: rowCount }).chain((ids) =>
      fc.record({
        width: fc.constant(width),
        ids: fc.constant(ids),
        table: numbers(rowCount * width),
        steps: fc.array(numbers(ids.length * width), { minLength: 1, maxLength: 4 }),
      }),
    ),
  )

/** A step on one weight with what is kept beside it, written out after the paper. */
type Step = (kept: Weight, gradient: number, step: number) => void
interface Weight {
  value: number
  one: number
  two: number
}

const adam: Step = (kept, g, step) => {
  kept.one = 0.9 * kept.one + 0.1 * g
  kept.two = 0.99 * kept.two + 0.01 * g * g
  const [m, v] = [kept.one / (1 - 0.9 ** step), kept.two / (1 - 0.99 ** step)]
  kept.value = kept.value * (1 - 0.1 * 0.2) - (0.1 * m) / (Math.sqrt(v) + 1e-3)
}

const adagrad: Step = (kept, g) => {
  kept.two += g * g
  kept.value -= (0.1 * g) / (Math.sqrt(kept.two) + 1e-3)
}

const ftrl: Step = (kept, g) => {
  const sigma = (Math.sqrt(kept.two + g * g) - Math.sqrt(kept.two)) / 0.1
  kept.one += g - sigma * kept.value
  kept.two += g * g
  const past = Math.abs(kept.one) - 0.5
  const slope = (1 + Math.sqrt(kept.two)) / 0.1 + 0.3
  kept.value = past <= 0 ? 0 : (-Math.sign(kept.one) * past) / slope
}

for (const rounding of roundings()) {
  const arena = openArena({ sizeBytes: 1 << 20 })
  const kernels = descentKernels(arena, rounding)
  const empty = arena.mark()

  const holds = (name: string, step: Step, kernel: typeof ofAdamRows, isDense = false): void => {
    test(`${name} steps as its paper writes it (${rounding})`, () => {
      const property = fc.property(descents, ({ width, ids, table, steps }) => {
        arena.release(empty)
        const values = arena.float32(table.length)
        const kept = [arena.float32(table.length).fill(0), arena.float32(table.length).fill(0)]
        const expected = table.map((value): Weight => ({ value, one: 0, two: 0 }))
        if (name === 'ftrl') for (const weight of expected) weight.value = 0
        values.set(expected.map(({ value }) => value))
        const placed = { ids: arena.uint32(ids.length), rows: arena.float32(ids.length * width) }
        placed.ids.set(ids)
        for (const [index, rows] of steps.entries()) {
          placed.rows.set(rows)
          const dense = arena.float32(isDense ? table.length : 0).fill(0)
          for (const [place, id] of ids.entries()) {
            const row = rows.slice(place * width, (place + 1) * width)
            if (isDense) dense.set(row, id * width)
            for (const [k, g] of row.entries()) step(expected[id * width + k]!, g, index + 1)
          }
          if (isDense)
            for (let id = 0; id < table.length / width; id++) {
              if (ids.includes(id)) continue
              for (let k = 0; k < width; k++) step(expected[id * width + k]!, 0, index + 1)
            }
          kernel({ values, width }, placed, kept as Pair, index + 1, dense)
        }
        for (const [place, { value }] of expected.entries()) {
          const fault = Math.abs(values[place]! - value)
          assert.ok(fault < 2e-5, `[${place}] is ${values[place]} and should be ${value}`)
        }
      })
      fc.assert(property, { numRuns: 200 })
    })
  }

  type Pair = [one: Float32Array, two: Float32Array]
  type Rows = { ids: Uint32Array; rows: Float32Array }
  type Table = { values: Float32Array; width: number }
  type Run = (table: Table, rows: Rows, kept: Pair, step: number, dense: Float32Array) => void

  const adamOptions = { rate: 0.1, beta2: 0.99, epsilon: 1e-3, decay: 0.2 }
  const ofAdamRows: Run = (table, rows, [first, second], step) =>
    kernels.adamRows(table, rows, { first, second }, { ...adamOptions, step })
  const adagradOptions = { rate: 0.1, epsilon: 1e-3 }
  holds('adam on rows', adam, ofAdamRows)
  holds(
    'adam',
    adam,
    (table, _rows, [first, second], step, dense) =>
      kernels.adam(table.values, dense, { first, second }, { ...adamOptions, step }),
    true,
  )
  holds('adagrad on rows', adagrad, (table, rows, [, squares]) =>
    kernels.adagradRows(table, rows, squares, adagradOptions),
  )
  holds(
    'adagrad',
    adagrad,
    (table, _rows, [, squares], _step, dense) =>
      kernels.adagrad(table.values, dense, squares, adagradOptions),
    true,
  )
  holds('ftrl', ftrl, (table, rows, [sums, squares]) =>
    kernels.ftrlRows(table, rows, { sums, squares }, { alpha: 0.1, beta: 1, l1: 0.5, l2: 0.3 }),
  )
}

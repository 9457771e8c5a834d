import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openArena } from './arena.ts'
import { arraysIn } from './arrays-in.suite.ts'
import { roundings } from './kernel-module.ts'
import { rowKernels } from './row-kernels.ts'

const number = fc.double({ min: -4, max: 4, noNaN: true }).map(Math.fround)
const numbers = (length: number) => fc.array(number, { minLength: length, maxLength: length })

function near(found: ArrayLike<number>, expected: readonly number[], scale: number): void {
  assert.equal(found.length, expected.length)
  for (const [place, value] of expected.entries()) {
    const fault = Math.abs(found[place]! - value)
    assert.ok(fault <= 1e-6 * scale, `[${place}] is ${found[place]} and should be ${value}`)
  }
}

for (const rounding of roundings()) {
  const arena = openArena({ sizeBytes: 1 << 20 })
  const kernels = rowKernels(arena, rounding)
  const empty = arena.mark()
  const { floats: placed, ordinals } = arraysIn(arena)
  const alone = (property: () => void) => () => {
    arena.release(empty)
    property()
  }

  test(`sums of any length are those of plain arithmetic (${rounding})`, () => {
    const pair = fc.nat(70).chain((length) => fc.tuple(numbers(length), numbers(length)))
    const property = fc.property(pair, number, number, ([left, right], factor, keep) => {
      alone(() => {
        const [a, b] = [placed(left), placed(right)]
        const product = left.reduce((sum, value, k) => sum + value * right[k]!, 0)
        near([kernels.dot(a, b)], [product], 16 * (1 + left.length))
        kernels.axpy(factor, a, b)
        const added = right.map((value, k) => value + factor * left[k]!)
        near(b, added, 32)
        kernels.mix(keep, factor, a, b)
        near(
          b,
          added.map((value, k) => keep * value + factor * left[k]!),
          256,
        )
      })()
    })
    fc.assert(property, { numRuns: 200 })
  })

  const tables = fc
    .record({ rowCount: fc.integer({ min: 1, max: 9 }), width: fc.integer({ min: 1, max: 19 }) })
    .chain(({ rowCount, width }) =>
      fc.array(fc.nat(rowCount - 1), { maxLength: 20 }).chain((ids) =>
        fc.record({
          width: fc.constant(width),
          ids: fc.constant(ids),
          table: numbers(rowCount * width),
          rows: numbers(ids.length * width),
        }),
      ),
    )

  test(`rows are gathered, scattered and added up by their ids (${rounding})`, () => {
    const property = fc.property(tables, ({ width, ids, table, rows }) => {
      alone(() => {
        const [values, to] = [placed(table), arena.float32(rows.length)]
        const row = (array: readonly number[], place: number): readonly number[] =>
          array.slice(place * width, (place + 1) * width)
        kernels.gather({ values, width }, ordinals(ids), to)
        assert.deepEqual(
          [...to],
          ids.flatMap((id) => row(table, id)),
        )

        const sums = new Map<number, number[]>()
        for (const [place, id] of ids.entries()) {
          const sum = sums.get(id) ?? new Array<number>(width).fill(0)
          sums.set(
            id,
            sum.map((value, k) => value + row(rows, place)[k]!),
          )
        }
        kernels.scatterAdd({ values, width }, { ids: ordinals(ids), rows: placed(rows) }, 0.5)
        const scattered = table.map(
          (value, at) => value + 0.5 * (sums.get(Math.floor(at / width))?.[at % width] ?? 0),
        )
        near(values, scattered, 128)

        const slots = arena.uint32(table.length / width).fill(0)
        const added = { ids: ordinals(ids), rows: placed(rows) }
        const once = kernels.coalesce(added, width, slots)
        assert.deepEqual([...once.ids], [...sums.keys()])
        near(once.rows, [...sums.values()].flat(), 128)
        assert.ok(slots.every((slot) => slot === 0))
      })()
    })
    fc.assert(property, { numRuns: 200 })
  })
}

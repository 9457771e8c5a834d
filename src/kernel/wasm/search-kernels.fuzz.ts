import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openArena } from './arena.ts'
import { arraysIn } from './arrays-in.suite.ts'
import { roundings } from './kernel-module.ts'
import { entriesOf, searchKernels } from './search-kernels.ts'

const small = fc.integer({ min: -8, max: 8 })
const code = fc.integer({ min: -127, max: 127 })
const many = (arbitrary: fc.Arbitrary<number>, length: number) =>
  fc.array(arbitrary, { minLength: length, maxLength: length })

const cases = fc
  .record({ blocks: fc.integer({ min: 1, max: 4 }), rowCount: fc.integer({ min: 1, max: 23 }) })
  .chain(({ blocks, rowCount }) =>
    fc.record({
      width: fc.constant(16 * blocks),
      rowCount: fc.constant(rowCount),
      rows: many(small, rowCount * 16 * blocks),
      query: many(small, 16 * blocks),
      codes: many(code, rowCount * 16 * blocks),
      queryCodes: many(fc.integer({ min: -63, max: 63 }), 16 * blocks),
      most: fc.integer({ min: 1, max: 30 }),
      centreCount: fc.constantFrom(4, 8),
      cuts: fc.array(fc.nat(rowCount), { maxLength: 3 }),
    }),
  )

for (const rounding of roundings()) {
  const arena = openArena({ sizeBytes: 1 << 20 })
  const kernels = searchKernels(arena, rounding)
  const empty = arena.mark()
  const { floats, bytes, ordinals } = arraysIn(arena)
  const dot = (left: readonly number[], right: readonly number[], from: number): number =>
    right.reduce((sum, value, k) => sum + value * left[from + k]!, 0)

  test(`products, the best of them and the nearest centres are right (${rounding})`, () => {
    const property = fc.property(cases, ({ width, rowCount, rows, query, most, centreCount }) => {
      arena.release(empty)
      const [placed, asked, products] = [floats(rows), floats(query), arena.float32(rowCount)]
      kernels.productsOf(asked, placed, products)
      const expected = Array.from({ length: rowCount }, (_, row) => dot(rows, query, row * width))
      assert.deepEqual([...products], expected)

      const backwards = ordinals(Array.from({ length: rowCount }, (_, row) => rowCount - 1 - row))
      const again = arena.float32(rowCount)
      kernels.productsAt(asked, placed, backwards, again)
      assert.deepEqual([...again], expected.toReversed())

      const best = entriesOf(arena, rowCount)
      const size = kernels.take(again, most, best, backwards)
      const sorted = expected.toSorted((one, other) => other - one).slice(0, most)
      assert.deepEqual([...best.scores.subarray(0, size)], sorted)
      for (let place = 0; place < size; place++) {
        assert.equal(expected[best.places[place]!], best.scores[place])
      }

      const whole = rowCount - (rowCount % 4)
      const [some, asking] = [floats(rows.slice(0, whole * width)), rows.slice(0, 3 * width)]
      const all = arena.float32((asking.length / width) * whole)
      kernels.productsOfAll(floats(asking), some, width, all)
      for (const [place, value] of all.entries()) {
        const query = asking.slice(Math.floor(place / whole) * width).slice(0, width)
        assert.equal(value, dot(rows, query, (place % whole) * width))
      }

      const centres = rows.concat(query, query, query, query, query, query, query, query)
      const chosen = centres.slice(0, centreCount * width)
      const owners = arena.uint32(rowCount)
      kernels.assign(placed, floats(chosen), width, owners)
      for (let row = 0; row < rowCount; row++) {
        const one = rows.slice(row * width, (row + 1) * width)
        const near = Array.from({ length: centreCount }, (_, c) => dot(chosen, one, c * width))
        assert.equal(owners[row], near.indexOf(Math.max(...near)))
      }
    })
    fc.assert(property, { numRuns: 200 })
  })

  const score = fc.oneof(
    fc.float(),
    fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 1, 1),
    fc.float({ min: 1, max: Math.fround(1 + 1e-6) }),
  )
  test(`the best of any scores come in their order (${rounding})`, () => {
    const property = fc.property(
      fc.array(score, { maxLength: 700 }),
      fc.nat(400),
      (given, most) => {
        arena.release(empty)
        const entries = entriesOf(arena, given.length)
        const size = kernels.take(floats(given), most, entries)
        const sorted = given
          .filter((value) => !Number.isNaN(value))
          .sort((one, other) => other - one)
          .slice(0, most)
        assert.equal(size, sorted.length)
        // Zeros of both signs are equal, and may come in any order.
        const found = Array.from(entries.scores.subarray(0, size), (value) => value + 0)
        assert.deepEqual(
          found,
          sorted.map((value) => value + 0),
        )
        assert.equal(new Set(entries.places.subarray(0, size)).size, size)
        for (let place = 0; place < size; place++) {
          assert.ok(given[entries.places[place]!]! + 0 === found[place])
        }
      },
    )
    fc.assert(property, { numRuns: 300 })
  })

  test(`rows are written as bytes, in steps of a 127th of their largest (${rounding})`, () => {
    const property = fc.property(cases, fc.constantFrom(1, 0.003, 0), (given, factor) => {
      const { width, rowCount } = given
      arena.release(empty)
      // Rows of single precision may be narrower than those of bytes.
      const wide = width - 8
      const rows = given.rows.slice(0, rowCount * wide).map((value) => value * factor)
      const [scales, sums] = [arena.float32(rowCount).fill(0), arena.uint32(rowCount).fill(0)]
      const coded = { codes: arena.int8(rowCount * width).fill(0), scales, sums }
      kernels.encode(floats(rows), wide, coded)
      for (let row = 0; row < rowCount; row++) {
        const codes = [...coded.codes.subarray(row * width, (row + 1) * width)]
        for (let k = 0; k < wide; k++) {
          const fault = Math.abs(codes[k]! * scales[row]! - rows[row * wide + k]!)
          assert.ok(fault <= 0.501 * scales[row]!, `[${row}, ${k}] is ${fault} apart`)
        }
        assert.deepEqual(codes.slice(wide), new Array(8).fill(0))
        const sum = codes.reduce((all, code) => all + code, 0)
        assert.equal(sums[row]! | 0, 64 * sum)
        const largest = Math.max(...codes.map(Math.abs))
        assert.equal(largest, scales[row] === 0 ? 0 : 127)
      }
    })
    fc.assert(property, { numRuns: 100 })
  })

  test(`lists are looked through by their codes (${rounding})`, () => {
    const property = fc.property(cases, ({ width, rowCount, codes, queryCodes, most, cuts }) => {
      arena.release(empty)
      const starts = [0, ...cuts.toSorted((one, other) => one - other), rowCount]
      const lists = starts
        .slice(1)
        .map((_, list) => list)
        .filter((list) => list % 2 === 0)
      const scales = Array.from({ length: rowCount }, (_, row) => 1 / (1 << (row % 4)))
      const sums = Array.from({ length: rowCount }, (_, row) =>
        codes.slice(row * width, (row + 1) * width).reduce((sum, value) => sum + 64 * value, 0),
      )
      const coded = { codes: bytes(codes), scales: floats(scales), sums: ordinals(sums) }
      // Room for so little that the best are kept again and again.
      const room = entriesOf(arena, most + 4)
      const size = kernels.scanLists(
        ordinals(lists),
        ordinals(starts),
        bytes(queryCodes.map((value) => value + 64)),
        coded,
        most,
        room,
      )
      const scores = new Map<number, number>()
      for (const list of lists) {
        for (let row = starts[list]!; row < starts[list + 1]!; row++) {
          scores.set(row, Math.fround(dot(codes, queryCodes, row * width) * scales[row]!))
        }
      }
      const sorted = [...scores.values()].sort((one, other) => other - one).slice(0, most)
      const found = [...room.scores.subarray(0, size)].sort((one, other) => other - one)
      assert.deepEqual(found, sorted)
      assert.equal(new Set(room.places.subarray(0, size)).size, size)
      for (let place = 0; place < size; place++) {
        assert.equal(scores.get(room.places[place]!), room.scores[place])
      }
    })
    fc.assert(property, { numRuns: 200 })
  })
}

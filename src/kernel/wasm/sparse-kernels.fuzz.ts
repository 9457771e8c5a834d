import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openArena } from './arena.ts'
import { arraysIn } from './arrays-in.suite.ts'
import { roundings } from './kernel-module.ts'
import { scratchRows, sparseKernels } from './sparse-kernels.ts'

const small = fc.integer({ min: -8, max: 8 })
const many = (length: number) => fc.array(small, { minLength: length, maxLength: length })

const cases = fc
  .record({
    rowCount: fc.integer({ min: 1, max: 7 }),
    columnCount: fc.integer({ min: 1, max: 6 }),
    blocks: fc.integer({ min: 1, max: 11 }),
    rank: fc.integer({ min: 1, max: 9 }),
  })
  .chain(({ rowCount, columnCount, blocks, rank }) =>
    fc.record({
      ...{ rowCount: fc.constant(rowCount), columnCount: fc.constant(columnCount) },
      ...{ width: fc.constant(4 * blocks), rank: fc.constant(rank) },
      // 0 is no cell.
      table: many(rowCount * columnCount),
      from: many(columnCount * 4 * blocks),
      base: many(rowCount * 4 * blocks),
      ...{ factor: small, keep: small, dense: many(rowCount * rank) },
      ...{ scales: many(rowCount), columns: many(rank * 4 * blocks) },
      ends: fc.tuple(fc.nat(rowCount), fc.nat(rowCount)),
    }),
  )

for (const rounding of roundings()) {
  const arena = openArena({ sizeBytes: 1 << 20 })
  const kernels = sparseKernels(arena, rounding)
  const empty = arena.mark()
  const { floats, ordinals } = arraysIn(arena)

  test(`cells times rows are what a plain product is (${rounding})`, () => {
    const property = fc.property(cases, (drawn) => {
      arena.release(empty)
      const { rowCount, columnCount, width, table, from, base, factor, keep } = drawn
      const rows = Array.from({ length: rowCount }, (_, row) =>
        table
          .slice(row * columnCount, (row + 1) * columnCount)
          .flatMap((weight, column) => (weight === 0 ? [] : [{ weight, column }])),
      )
      const starts = [0]
      for (const row of rows) starts.push(starts.at(-1)! + row.length)
      const matrix = {
        starts: ordinals(starts),
        columns: ordinals(rows.flatMap((row) => row.map(({ column }) => column))),
        weights: floats(rows.flatMap((row) => row.map(({ weight }) => weight))),
      }
      const [first, last] = [Math.min(...drawn.ends), Math.max(...drawn.ends)]
      const to = floats(base)
      const sum = { from: floats(from), to, width, first, last, factor, keep, base: to }
      kernels.addCells(matrix, sum)
      const expected = base.map((value, place) => {
        const row = Math.floor(place / width)
        if (row < first || row >= last) return value
        const cells = rows[row]!.map(
          ({ weight, column }) => weight * from[column * width + (place % width)]!,
        )
        return factor * cells.reduce((total, each) => total + each, 0) + keep * value
      })
      assert.deepEqual(
        [...to].map((value) => value + 0),
        expected.map((value) => value + 0),
      )
    })
    fc.assert(property)
  })

  test(`dense rows times columns are added to what is there (${rounding})`, () => {
    const property = fc.property(cases, (drawn) => {
      arena.release(empty)
      const { rowCount, width, rank, dense, scales, columns, base } = drawn
      const to = floats(base)
      kernels.addDense(floats(dense), floats(scales), floats(columns), width, to)
      const expected = Array.from({ length: rowCount * width }, (_, place) => {
        const row = Math.floor(place / width)
        let sum = 0
        for (let k = 0; k < rank; k++) {
          sum += dense[row * rank + k]! * columns[k * width + (place % width)]!
        }
        return base[place]! + scales[row]! * sum + 0
      })
      assert.deepEqual(
        [...to].map((value) => value + 0),
        expected,
      )
    })
    fc.assert(property)
  })

  test(`products of columns are added to the upper triangle (${rounding})`, () => {
    const property = fc.property(cases, fc.integer({ min: 1, max: 30 }), (drawn, times) => {
      arena.release(empty)
      const { width } = drawn
      const rows = Array.from({ length: times }, () => drawn.base).flat()
      const gram = arena.float64(width * width).fill(1)
      const scratch = arena.float64(scratchRows * width)
      kernels.addGram(floats(rows), width, scratch, gram)
      const again = arena.float64(width * width).fill(1)
      const doubles = arena.float64(rows.length)
      doubles.set(rows)
      kernels.addGramOfDoubles(doubles, width, again)
      for (let i = 0; i < width; i++) {
        for (let j = i; j < width; j++) {
          let sum = 1
          for (let at = 0; at < rows.length; at += width) sum += rows[at + i]! * rows[at + j]!
          assert.equal(gram[i * width + j], sum)
          assert.equal(again[i * width + j], sum)
        }
      }
    })
    fc.assert(property, { numRuns: 40 })
  })
}

test('what does not fit is refused', () => {
  const arena = openArena({ sizeBytes: 1 << 12 })
  const kernels = sparseKernels(arena)
  const starts = arena.uint32(3)
  const matrix = { starts, columns: arena.uint32(0), weights: arena.float32(0) }
  const [from, to] = [arena.float32(8), arena.float32(8)]
  for (const wrong of [{ width: 3 }, { width: 8 }, { last: 3 }, { base: from.subarray(4) }]) {
    assert.throws(() => kernels.addCells(matrix, { from, to, width: 4, ...wrong }), {
      code: 'internal',
    })
  }
  const gram = arena.float64(16)
  assert.throws(() => kernels.addGram(from, 4, gram, gram), { code: 'internal' })
  assert.throws(() => kernels.addGramOfDoubles(gram, 8, gram), { code: 'internal' })
  assert.throws(() => kernels.addDense(from, arena.float32(2), to, 4, arena.float32(4)), {
    code: 'internal',
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { openArena } from './arena.ts'
import { treeKernels } from './tree-kernels.ts'

const arena = openArena({ sizeBytes: 1 << 20 })
const kernels = treeKernels(arena)
const empty = arena.mark()

const sets = fc
  .record({
    rowCount: fc.integer({ min: 1, max: 30 }),
    featureCount: fc.integer({ min: 1, max: 7 }),
  })
  .chain(({ rowCount, featureCount }) =>
    fc.record({
      featureCount: fc.constant(featureCount),
      bins: fc.uint8Array({
        minLength: rowCount * featureCount,
        maxLength: rowCount * featureCount,
      }),
      // Eighths add up exactly, in whatever order.
      gradients: fc.array(
        fc.integer({ min: -80, max: 80 }).map((eighths) => eighths / 8),
        { minLength: rowCount * 2, maxLength: rowCount * 2 },
      ),
      rows: fc.uniqueArray(fc.nat(rowCount - 1)),
      feature: fc.nat(featureCount - 1),
      most: fc.nat(255),
    }),
  )

test('a histogram sums what falls into each bin, and a sibling is what is left of the parent', () => {
  const property = fc.property(sets, ({ featureCount, bins, gradients, rows }) => {
    arena.release(empty)
    const binned = { bins: arena.uint8(bins.length), featureCount }
    binned.bins.set(bins)
    const pairs = arena.float32(gradients.length)
    pairs.set(gradients)
    const length = kernels.histogramLength(featureCount)
    const sumsOver = (chosen: readonly number[]): Float64Array => {
      const sums = new Float64Array(length)
      for (const row of chosen) {
        for (let feature = 0; feature < featureCount; feature++) {
          const at = (feature * 256 + bins[row * featureCount + feature]!) * 2
          sums[at]! += gradients[row * 2]!
          sums[at + 1]! += gradients[row * 2 + 1]!
        }
      }
      return sums
    }
    const histogramOf = (chosen: readonly number[]): Float64Array => {
      const placed = arena.uint32(chosen.length)
      placed.set(chosen)
      const histogram = arena.float64(length).fill(0)
      kernels.addHistogram(binned, placed, pairs, histogram)
      assert.deepEqual([...histogram], [...sumsOver(chosen)])
      return histogram
    }
    const [whole, half] = [histogramOf(rows), histogramOf(rows.slice(0, rows.length >> 1))]
    kernels.subtractHistogram(whole, half)
    assert.deepEqual([...whole], [...sumsOver(rows.slice(rows.length >> 1))])
  })
  fc.assert(property, { numRuns: 60 })
})

test('rows are parted by a bin and keep their order', () => {
  const property = fc.property(sets, ({ featureCount, bins, rows, feature, most }) => {
    arena.release(empty)
    const binned = { bins: arena.uint8(bins.length), featureCount }
    binned.bins.set(bins)
    const placed = arena.uint32(rows.length)
    placed.set(rows)
    const behind = arena.uint32(1).fill(7)
    const goesFirst = (row: number): boolean => bins[row * featureCount + feature]! <= most
    const spare = arena.uint32(rows.length)
    const count = kernels.partition(binned, feature, most, placed, spare)
    const [first, others] = [rows.filter(goesFirst), rows.filter((row) => !goesFirst(row))]
    assert.equal(count, first.length)
    assert.deepEqual([...placed], [...first, ...others])
    assert.equal(behind[0], 7)
  })
  fc.assert(property, { numRuns: 300 })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Row } from '../pipeline/candidates.ts'
import { arrangeShelves, type Stock } from './arrange-shelves.ts'

const rowCount = 40

/** Any orders of some of forty rows, which have up to three of six values each. */
const stocks: fc.Arbitrary<Stock> = fc
  .shuffledSubarray([...Array(rowCount).keys()], { minLength: 0 })
  .chain((order) => {
    const shuffled = fc.shuffledSubarray(order, { minLength: order.length })
    const some = fc.shuffledSubarray(order)
    return fc.record({
      order: fc.constant(order),
      usual: shuffled,
      known: fc.double({ min: 0, max: 1, noNaN: true }),
      values: fc.array(fc.uniqueArray(fc.nat(5), { maxLength: 3 }), {
        minLength: rowCount,
        maxLength: rowCount,
      }),
      top: shuffled,
      beside: fc.array(fc.record({ seed: fc.nat(99), order: some }), { maxLength: 3 }),
    })
  })
  .map(({ values, ...stock }) => ({ ...stock, valuesOf: (row: Row) => values[row]! }))

const shapes = fc.record({
  count: fc.integer({ min: 1, max: 9 }),
  size: fc.integer({ min: 1, max: 12 }),
})

const discount = (place: number): number => 1 / Math.log2(place + 2)

/** The appeal of a value as its definition is written, of the rows that are left. */
function appealOf(stock: Stock, value: number, left: ReadonlySet<Row>, size: number): number {
  const worth = (order: readonly Row[]): number =>
    order
      .filter((row) => left.has(row) && Array.from(stock.valuesOf(row)).includes(value))
      .slice(0, size)
      .reduce((sum, row, place) => sum + discount(place) * discount(order.indexOf(row)), 0)
  return worth(stock.order) * (worth(stock.order) / worth(stock.usual)) ** stock.known
}

test('shelves hold no row twice, the best that are left, and the most appealing values', () => {
  const property = fc.property(stocks, shapes, (stock, shape) => {
    const { count, size } = shape
    const shelves = arrangeShelves(stock, shape)
    assert.deepEqual(arrangeShelves(stock, shape), shelves)
    assert.ok(shelves.length <= count)
    const left = new Set(stock.order)
    const values = new Set([0, 1, 2, 3, 4, 5])
    const best = (order: readonly Row[]) => order.filter((row) => left.has(row)).slice(0, size)
    const ofValue = (value: number) =>
      best(stock.order.filter((row) => Array.from(stock.valuesOf(row)).includes(value)))
    const canFill = () => [...values].filter((value) => ofValue(value).length * 2 >= size)
    for (const [place, shelf] of shelves.entries()) {
      if (shelf.kind === 'top') {
        assert.equal(place, 0)
        assert.deepEqual(shelf.items, best(stock.top))
      } else if (shelf.kind === 'beside') {
        assert.equal(place, 1)
        const first = stock.beside.find(({ order }) => best(order).length * 2 >= size)!
        assert.equal(shelf.seed, first.seed)
        assert.deepEqual(shelf.items, best(first.order))
      } else {
        assert.deepEqual(shelf.items, ofValue(shelf.value))
        const appeal = appealOf(stock, shelf.value, left, size)
        for (const other of canFill()) {
          assert.ok(appealOf(stock, other, left, size) <= appeal + 1e-9, `${other} was better`)
        }
        assert.ok(values.delete(shelf.value), `value ${shelf.value} came twice`)
      }
      assert.ok(shelf.items.length > 0)
      for (const row of shelf.items) assert.ok(left.delete(row), `row ${row} came twice`)
    }
    // Nothing that could have been a shelf is missing where there was room.
    if (shelves.length < count) assert.deepEqual(canFill(), [])
  })
  fc.assert(property, { numRuns: 500 })
})

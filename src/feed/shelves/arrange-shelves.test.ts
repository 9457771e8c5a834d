import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Row } from '../pipeline/candidates.ts'
import { arrangeShelves, type Stock } from './arrange-shelves.ts'

/** Ten rows of drama, ten of comedy and ten of noir; drama leads for everybody. */
const [drama, comedy, noir] = [0, 1, 2]
const rowsOf = (value: number): readonly Row[] =>
  Array.from({ length: 10 }, (_, index) => value * 10 + index)
const usual = [...rowsOf(drama), ...rowsOf(comedy), ...rowsOf(noir)]

function arranged(more: Partial<Stock>, shape = { count: 4, size: 4 }) {
  const order = more.order ?? usual
  const valuesOf = (row: Row): readonly number[] => [Math.floor(row / 10)]
  const stock = { order, usual, known: 1, valuesOf, top: order, beside: [], ...more }
  return arrangeShelves(stock, shape).map((shelf) =>
    shelf.kind === 'value' ? shelf.value : shelf.kind,
  )
}

describe('a page of shelves', () => {
  it('begins with the best, and goes by worth for somebody like everybody', () => {
    assert.deepEqual(arranged({}), ['top', drama, comedy, noir])
  })

  it('puts a value first that means more to the user than to most, as far as that is known', () => {
    const both = rowsOf(drama).flatMap((row, place) => [row, rowsOf(noir)[place]!])
    const order = [...both, ...rowsOf(comedy)]
    assert.deepEqual(arranged({ order }), ['top', noir, drama, comedy])
    assert.deepEqual(arranged({ order, known: 0 }), ['top', drama, noir, comedy])
  })

  it('of two values that appeal alike takes the one that was met first', () => {
    assert.deepEqual(arranged({ valuesOf: () => [5, 3] }), ['top', 5, 3])
  })

  it('shows what goes with the newest like that fills a shelf', () => {
    const beside = [
      { seed: 7, order: [28] },
      { seed: 8, order: [27, 26, 0, 25] },
      { seed: 9, order: rowsOf(noir) },
    ]
    const valuesOf = () => []
    const stock = { order: usual, usual, known: 1, valuesOf, top: usual, beside }
    const shelves = arrangeShelves(stock, { count: 3, size: 4 })
    assert.deepEqual(shelves, [
      { kind: 'top', items: [0, 1, 2, 3] },
      { kind: 'beside', seed: 8, items: [27, 26, 25] },
    ])
  })

  it('leaves out a shelf that is not half full, but never the only one', () => {
    assert.deepEqual(arranged({ order: [0, 1, 2], usual: [0, 1, 2] }, { count: 3, size: 8 }), [
      'top',
    ])
    const few = [...rowsOf(drama), 10]
    assert.deepEqual(arranged({ order: few, usual: few }), ['top', drama])
    assert.deepEqual(arranged({ order: [], usual: [] }), [])
  })
})

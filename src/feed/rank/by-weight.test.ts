import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { smallWorld } from '../../state/sets/small-world.suite.ts'
import { madeUpQuery } from '../made-up-query.suite.ts'
import { gather } from '../pipeline/candidate-table.ts'
import { byWeight } from './by-weight.ts'

const query = await madeUpQuery(await smallWorld([]), {})

/** Items in the order of their weight, and what each weighs. */
async function pyramidOf(...lists: readonly (readonly number[])[]) {
  const table = gather(new Map(lists.map((list, index) => [`strategy ${index}`, list])))
  const [scores] = await byWeight().score(query, table)
  const rows = [...table.items.keys()].sort((one, other) => scores![other]! - scores![one]!)
  return rows.map((row) => [table.items[row]!, Math.floor(scores![row]!)] as const)
}

describe('weight', () => {
  it('is the number of strategies that hit an item: the example of system F (F-30)', async () => {
    assert.deepEqual(await pyramidOf([1, 23, 2], [3, 2, 54], [1, 2, 432]), [
      [2, 3],
      [1, 2],
      [3, 1],
      [23, 1],
      [54, 1],
      [432, 1],
    ])
  })

  it('keeps an order: more hits first, then the better place, then what came first (B-F09)', async () => {
    const list = fc.uniqueArray(fc.nat(60), { maxLength: 40 })
    const property = fc.asyncProperty(fc.array(list, { maxLength: 12 }), async (lists) => {
      const hits = (item: number) => lists.filter((list) => list.includes(item)).length
      const best = (item: number) =>
        Math.min(...lists.flatMap((list) => (list.includes(item) ? list.indexOf(item) : [])))
      const expected = [...new Set(lists.flat())].sort(
        (one, other) => hits(other) - hits(one) || best(one) - best(other),
      )
      const found = await pyramidOf(...lists)
      assert.deepEqual(
        found,
        expected.map((item) => [item, hits(item)]),
      )
    })
    await fc.assert(property)
  })
})

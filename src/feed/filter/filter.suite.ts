import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { madeUpPast, type SmallWorld, smallWorld } from '../../state/sets/small-world.suite.ts'
import { madeUpQuery } from '../made-up-query.suite.ts'
import { gather } from '../pipeline/candidate-table.ts'
import type { Filter } from '../pipeline/filter.ts'
import type { Query } from '../pipeline/query.ts'

/** The items that a filter keeps, as ids, in the order given. */
export async function kept(
  world: SmallWorld,
  filter: Filter,
  items: readonly string[],
  asked: Partial<Query> = {},
): Promise<readonly string[]> {
  const { ordinals } = world.state
  const query = await madeUpQuery(world, filter, asked)
  const candidates = gather(new Map([['source', items.map((item) => ordinals.of(item)!)]]))
  const mask = await filter.keep(query, candidates)
  return items.filter((_item, row) => mask[row] === 1)
}

/** What every filter must do. */
export function filterSuite(name: string, make: (world: SmallWorld) => Filter): void {
  const asks: readonly Partial<Query>[] = [
    {},
    { user: 'a stranger' },
    { channel: 'a' },
    { channel: 'nobody knows it' },
    { excluded: new Set([1, 2, 3]), beside: 4, condition: (item) => item % 2 === 0 },
  ]

  describe(name, () => {
    it('judges every row with a yes or a no', async () => {
      const world = await smallWorld(madeUpPast(1))
      const filter = make(world)
      for (const asked of asks) {
        const items = [...Array(world.state.ordinals.size).keys()]
        for (const count of [0, 1, items.length]) {
          const candidates = gather(new Map([['source', items.slice(0, count)]]))
          const mask = await filter.keep(await madeUpQuery(world, filter, asked), candidates)
          assert.equal(mask.length, count)
          assert.ok(mask.every((bit) => bit === 0 || bit === 1))
        }
      }
    })

    it('judges an item by itself, whatever stands beside it', async () => {
      const world = await smallWorld(madeUpPast(2))
      const items = Array.from({ length: 60 }, (_, item) => `i${item}`)
      for (const asked of asks) {
        const together = await kept(world, make(world), items, asked)
        const backwards = await kept(world, make(world), [...items].reverse(), asked)
        assert.deepEqual([...backwards].reverse(), together)
        for (const item of items.slice(0, 10)) {
          const alone = await kept(world, make(world), [item], asked)
          assert.equal(alone.length === 1, together.includes(item), item)
        }
      }
    })
  })
}

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Event } from '../../events/event.ts'
import { history } from '../../state/projections/history.ts'
import { seen } from '../../state/projections/seen.ts'
import { madeUpPast, type SmallWorld, smallWorld } from '../../state/sets/small-world.suite.ts'
import { madeUpQuery } from '../made-up-query.suite.ts'
import type { Query } from '../pipeline/query.ts'
import { proposedOf } from '../pipeline/recall.ts'
import type { Source } from '../pipeline/source.ts'

interface Told {
  readonly items: readonly number[]
  readonly scores: ArrayLike<number> | undefined
}

/** What a source proposes in a small world, as ids. */
export async function recalled(
  world: SmallWorld,
  source: Source,
  limit: number,
  asked: Partial<Query> = {},
): Promise<readonly string[]> {
  const answer = await source.recall(await madeUpQuery(world, source, asked), limit)
  return Array.from(proposedOf(answer).items, (item) => world.state.ordinals.id(item))
}

/** What every source of this folder must do. `make` gives it a fit of `unseen` items. */
export function sourceSuite(name: string, make: (world: SmallWorld) => Source): void {
  const worlds: readonly (readonly Event[])[] = [madeUpPast(1), madeUpPast(2, 60), []]

  const forEachAnswer = async (
    check: (told: Told, query: Query, world: SmallWorld, limit: number) => unknown,
  ): Promise<void> => {
    for (const past of worlds) {
      const world = await smallWorld(past)
      const source = make(world)
      const code = world.state.ordinals.of('i3')
      for (const asked of [
        {},
        { user: 'a stranger' },
        { channel: 'a' },
        { channel: 'nobody knows it' },
        { excluded: new Set([1, 2, 3, 4, 5]) },
        { condition: (item: number) => item % 2 === 0 },
        code === undefined ? {} : { beside: code },
      ]) {
        const query = await madeUpQuery(world, source, asked)
        for (const limit of [0, 1, 7, 1_000]) {
          const { items, scores } = proposedOf(await source.recall(query, limit))
          assert.ok(items.length <= limit)
          await check({ items: Array.from(items), scores }, query, world, limit)
        }
      }
    }
  }

  describe(name, () => {
    it('proposes each item once', () =>
      forEachAnswer(({ items }) => assert.equal(new Set(items).size, items.length)))

    it('proposes what can be shown, is new to the user, and was asked for', () =>
      forEachAnswer(async ({ items }, query, { state, catalogue }) => {
        const channels = catalogue.tags('channels')!
        const known = await state.read([
          { projection: seen, key: query.user },
          { projection: history, key: query.user },
        ])
        const met = new Set(known.get(history, query.user)?.map((deed) => deed.item))
        for (const item of items) {
          assert.ok(catalogue.servable(item, query.at))
          assert.ok(!query.excluded.has(item) && item !== query.beside && !met.has(item))
          assert.ok(query.condition?.(item) ?? true)
          assert.ok(!known.get(seen, query.user)?.until.has(item))
          if (query.channel !== '') {
            assert.ok(channels.has(item, channels.code(query.channel) ?? -1))
          }
        }
      }))

    it('proposes the same when asked the same', () =>
      forEachAnswer(async (told, query, world, limit) => {
        const again = proposedOf(await make(world).recall({ ...query }, limit))
        assert.deepEqual({ items: Array.from(again.items), scores: again.scores }, told)
      }))

    it('scores what it proposes in numbers, none above that of an item before it', () =>
      forEachAnswer(({ scores = [] }) => {
        const told = Array.from(scores)
        assert.ok(told.every(Number.isFinite))
        assert.deepEqual(
          told,
          told.toSorted((one, other) => other - one),
        )
      }))
  })
}

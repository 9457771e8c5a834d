import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { tasteNeeds } from '../../state/features/taste.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import { act, put, smallWorld } from '../../state/sets/small-world.suite.ts'
import { madeUpQuery } from '../made-up-query.suite.ts'
import { CandidateTable } from '../pipeline/candidate-table.ts'
import type { ShelfOf } from '../shelves/arrange-shelves.ts'
import { lastLiked } from '../shelves/last-liked.ts'
import { shelve } from './shelve.ts'

const usual = { name: 'usual', absent: Number.NEGATIVE_INFINITY }
const reversed = {
  name: 'reversed',
  mix: (_query: unknown, _candidates: unknown, order: readonly number[]) => [...order].reverse(),
}

test('shelves are told as items, stand one after the other, and end with what is left out', async () => {
  const items = Array.from({ length: 12 }, (_, index) => `i${index}`)
  const genre = (index: number) => ['drama', 'noir'][index % 2]!
  const world = await smallWorld([
    ...items.map((item, index) => put(item, { attributes: { genres: { tags: [genre(index)] } } })),
    ...['v', 'w'].flatMap((user) => [act(user, 'like', 'i0'), act(user, 'like', 'i5')]),
    ...['v', 'w'].flatMap((user) => [act(user, 'like', 'i4'), act(user, 'like', 'i0')]),
    act('u1', 'like', 'i0'),
  ])
  let told: readonly ShelfOf<Ordinal>[] = []
  const mixer = shelve({
    ...{ count: 3, size: 2, usual, variety: reversed },
    tags: () => world.catalogue.tags('genres'),
    liked: lastLiked(world.neighbors, world.catalogue),
    told: (shelves) => (told = shelves),
  })
  const query = await madeUpQuery(world, { needs: tasteNeeds })
  const table = new CandidateTable(
    Uint32Array.from(items, (item) => world.state.ordinals.of(item)!),
    new Map(),
  )
  table.write(
    usual,
    Float32Array.from(items, () => seededRandom('usual').next()),
    'test',
  )
  const order = items.map((_, row) => row).slice(1)
  const mixed = mixer.mix(query, table, order)

  assert.deepEqual(
    told.map((shelf) => [shelf.kind, shelf.items.map((item) => world.state.ordinals.id(item))]),
    [
      ['top', ['i10', 'i9']],
      ['beside', ['i5', 'i4']],
      ['value', ['i1', 'i3']],
    ],
  )
  const beside = told.find((shelf) => shelf.kind === 'beside')
  assert.equal(beside?.seed, world.state.ordinals.of('i0'))
  assert.deepEqual(mixed, [10, 9, 5, 4, 1, 3])
})

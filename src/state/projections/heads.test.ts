import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../events/event.ts'
import { openState } from '../folded-state.ts'
import { memoryStore } from '../store/memory-store.ts'
import { headRecipe, heads, poolOf } from './heads.ts'
import { shelfKey, waitingLengthMax } from './shelf.ts'

const at = 1_700_000_000_000
let count = 0

const entry = (item: string) => ({
  ...{ item, score: 1, sources: [], run: 'run', model: '', expiresAt: at },
})

function offered(scene: string, writer: string, items: readonly string[]): Event {
  const feed = { user: 'ann', scene, channel: '' }
  const entries = items.map(entry)
  const id = `${count++}`
  return { type: 'offered', id, at, ...feed, writer, entries, replace: true, pulse: 0 }
}

function served(recipe: string, items: readonly string[], dropped: readonly string[]): Event {
  const feed = { user: 'ann', scene: 'pyramid', channel: '', request: 'r', batch: 1 }
  return {
    ...{ type: 'served', id: `${count++}`, at, ...feed, delivery: 'now', recipe, arms: [] },
    ...{ items: items.map(entry), dropped, repeatable: false },
  }
}

async function headsAfter(...events: readonly Event[]): Promise<readonly string[] | undefined> {
  const state = await openState({ store: memoryStore(), projections: [heads], tables: [] })
  await state.fold(0, events)
  const key = shelfKey('ann', 'pyramid', '')
  const known = await state.read([{ projection: heads, key }])
  return known.get(heads, key)?.map((item) => state.ordinals.id(item))
}

test('all that was pushed since the pool was filled is known, each item once', async () => {
  const pushed = await headsAfter(
    offered(poolOf('pyramid'), 'pyramid-pool', ['a', 'b', 'c', 'd', 'e']),
    offered('pyramid', headRecipe, ['a', 'b']),
    served(headRecipe, ['a'], ['e']),
    offered('pyramid', headRecipe, ['c']),
    // What others put there is no head.
    offered('pyramid', 'last-rung', ['x']),
    served('feed', ['y'], []),
  )
  assert.deepEqual(pushed, ['a', 'b', 'e', 'c'])
})

test('a pool that is filled anew begins anew', async () => {
  const pool = offered(poolOf('pyramid'), 'pyramid-pool', ['a', 'b'])
  assert.equal(await headsAfter(pool, offered('pyramid', headRecipe, ['a']), pool), undefined)
  const other = offered(poolOf('elsewhere'), 'pyramid-pool', ['a'])
  assert.deepEqual(await headsAfter(offered('pyramid', headRecipe, ['a']), other), ['a'])
})

test('no more is remembered than two pools hold', async () => {
  const rounds = Array.from({ length: 30 }, (_, round) =>
    offered(
      'pyramid',
      headRecipe,
      Array.from({ length: 50 }, (_, item) => `${round}.${item}`),
    ),
  )
  const pushed = await headsAfter(...rounds)
  assert.equal(pushed!.length, 2 * waitingLengthMax)
  assert.equal(pushed!.at(-1), '29.49')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../events/event.ts'
import { openState } from '../folded-state.ts'
import { memoryStore } from '../store/memory-store.ts'
import { type StoredUser, users } from './users.ts'

async function folded(...events: Event[]): Promise<Record<string, StoredUser>> {
  const store = memoryStore()
  const state = await openState({ store, projections: [users], tables: [] })
  await state.fold(0, events)
  await state.checkpoint()
  const found: Record<string, StoredUser> = {}
  for await (const [key, value] of state.scan(users)) found[key] = value
  return found
}

const know = (at: number, user: string, attributes: Record<string, number>): Event => {
  const typed = Object.entries(attributes).map(([name, number]) => [name, { number }])
  return { type: 'user', id: `u${at}`, at, user, attributes: Object.fromEntries(typed) }
}
const merge = (at: number, from: string, into: string): Event => {
  return { type: 'merge', id: `m${at}`, at, from, into }
}

test('new attributes take the place of all known before', async () => {
  const found = await folded(know(1, 'a', { age: 30, height: 2 }), know(2, 'a', { age: 31 }))
  assert.deepEqual(found, { a: { attributes: { age: { number: 31 } }, firstAt: 1 } })
})

test('a merge gives what the known user lacked, and leaves a pointer', async () => {
  const found = await folded(
    know(1, 'anon', { age: 30, height: 2 }),
    know(2, 'a', { age: 31 }),
    merge(3, 'anon', 'a'),
  )
  assert.deepEqual(found, {
    a: {
      attributes: { height: { number: 2 }, age: { number: 31 } },
      firstAt: 1,
      aliases: ['anon'],
    },
    anon: { attributes: {}, firstAt: 1, mergedInto: 'a' },
  })
})

test('users that we know only by what they did can be merged', async () => {
  const found = await folded(merge(3, 'anon', 'a'))
  assert.deepEqual(found, {
    a: { attributes: {}, firstAt: 3, aliases: ['anon'] },
    anon: { attributes: {}, firstAt: 3, mergedInto: 'a' },
  })
})

test('every alias points directly to the last user of a chain of merges', async () => {
  const found = await folded(
    know(1, 'a', { age: 1 }),
    merge(2, 'a', 'b'),
    know(3, 'a', { late: 1 }),
    merge(4, 'b', 'c'),
    merge(5, 'b', 'c'),
  )
  assert.deepEqual(found['c'], {
    attributes: { age: { number: 1 } },
    firstAt: 1,
    aliases: ['a', 'b'],
  })
  assert.equal(found['b']!.mergedInto, 'c')
  // What was said of the alias after its merge stays with it.
  assert.deepEqual(found['a'], { attributes: { late: { number: 1 } }, firstAt: 1, mergedInto: 'c' })
})

test('two users that are merged into each other end as the last one named', async () => {
  const found = await folded(know(1, 'a', { age: 1 }), merge(2, 'a', 'b'), merge(3, 'b', 'a'))
  assert.deepEqual(found, {
    a: { attributes: { age: { number: 1 } }, firstAt: 1, aliases: ['b'] },
    b: { attributes: {}, firstAt: 1, mergedInto: 'a' },
  })
})

test('a user merged into themselves stays as they are', async () => {
  const found = await folded(know(1, 'a', { age: 1 }), merge(2, 'a', 'a'))
  assert.deepEqual(found, { a: { attributes: { age: { number: 1 } }, firstAt: 1 } })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openState } from '../folded-state.ts'
import { memoryStore } from '../store/memory-store.ts'
import { batchCountMax, batches, batchKey, requests } from './batches.ts'
import { entry, erase, keysAfter, serve, valueAfter } from './value-after.suite.ts'

const page = serve('u', ['a', 'b'], {
  at: 77,
  batch: 3,
  request: 'r3',
  arms: ['x/1'],
  items: [entry('a', { sources: ['fresh', 'explore'], score: 0.1 }), entry('b')],
})

test('a page is kept as it was shown', async () => {
  const kept = await valueAfter(batches, [page], batchKey('u', 'home', '', 3))
  const { items, ...header } = kept!
  assert.deepEqual(header, {
    ...{ batch: 3, at: 77, user: 'u', scene: 'home', channel: '', request: 'r3' },
    ...{ delivery: 'now', recipe: 'feed', arms: ['x/1'] },
  })
  const shared = { run: 'run', model: '', expiresAt: 9_000 }
  assert.deepEqual(items, [
    { ...shared, item: 0, score: Math.fround(0.1), sources: ['fresh', 'explore'] },
    { ...shared, item: 1, score: 1, sources: ['popular'] },
  ])
})

test('a request leads to its page', async () => {
  const key = batchKey('u', 'home', '', 3)
  assert.deepEqual(await valueAfter(requests, [page], 'r3'), { user: 'u', batch: key })
})

test('a feed keeps its last pages only, and forgets the requests of the others', async () => {
  const pages = Array.from({ length: batchCountMax + 2 }, (_, index) =>
    serve('u', ['a'], { batch: index + 1, request: `r${index + 1}`, at: index }),
  )
  const both = await openState({
    store: memoryStore(),
    projections: [batches, requests],
    tables: [],
  })
  await both.fold(0, pages)
  const known = await both.read(['r2', 'r3'].map((key) => ({ projection: requests, key })))
  assert.equal(known.get(requests, 'r2'), undefined)
  assert.equal(known.get(requests, 'r3')?.batch, batchKey('u', 'home', '', 3))
  const kept = await keysAfter(batches, pages)
  assert.equal(kept.length, batchCountMax)
  assert.equal(kept[0], batchKey('u', 'home', '', 3))
  assert.equal(kept.at(-1), batchKey('u', 'home', '', batchCountMax + 2))
})

test('erasing a user removes their pages and the way to them', async () => {
  const events = [page, serve('v', ['a'], { request: 'other' }), erase('u')]
  assert.deepEqual(await keysAfter(batches, events), [batchKey('v', 'home', '', 1)])
  assert.deepEqual(await keysAfter(requests, events), ['other'])
})

test('a page is written without asking the store what was there before', async () => {
  const store = memoryStore()
  const asked: string[] = []
  const get = (keys: readonly string[]) => {
    asked.push(...keys)
    return store.get(keys)
  }
  const state = await openState({
    store: { ...store, get },
    projections: [batches, requests],
    tables: [],
  })
  await state.fold(0, [page])
  assert.deepEqual(
    asked.filter((key) => !key.startsWith('meta/')),
    [],
  )
  const key = batchKey('u', 'home', '', 3)
  const known = await state.read([{ projection: batches, key }])
  assert.equal(known.get(batches, key)?.request, 'r3')
})

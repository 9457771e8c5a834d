import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Event } from '../events/event.ts'
import { openState } from './folded-state.ts'
import { decodeJson, encodeJson } from './projections/json-value.ts'
import type { Projection } from './projections/projection.ts'
import { pulse } from './projections/pulse.ts'
import { memoryStore } from './store/memory-store.ts'
import { ValueCache } from './value-cache.ts'

const texts: Projection<unknown> = {
  name: 'texts',
  version: 1,
  keyBy: 'other',
  changes: () => [],
  fold: (value) => value,
  encode: encodeJson,
  decode: decodeJson,
}

/** Reads so much else that a value which nobody asked for lately is let go. */
function churn(cache: ValueCache): void {
  for (let key = 0; key < 40; key++) {
    cache.turn()
    cache.fill(texts, `other${key}`, 'x', 100)
  }
}

const small = 2_000

describe('value cache', () => {
  it('tells what it holds from what it does not, absence included', () => {
    const cache = new ValueCache(small)
    assert.equal(cache.has(texts, 'a'), false)
    cache.fill(texts, 'a', undefined, 0)
    assert.equal(cache.has(texts, 'a'), true)
    assert.equal(cache.get(texts, 'a'), undefined)
  })

  it('lets go of what nobody asked for lately, and keeps what was asked for', () => {
    const cache = new ValueCache(small)
    cache.fill(texts, 'left', 'old', 10)
    cache.fill(texts, 'asked', 'old', 10)
    for (let key = 0; key < 40; key++) {
      cache.turn()
      cache.fill(texts, `other${key}`, 'x', 100)
      assert.equal(cache.get(texts, 'asked'), 'old')
    }
    assert.equal(cache.has(texts, 'left'), false)
  })

  it('lets go of what was found last among its like, where others were asked for since', () => {
    const cache = new ValueCache(small)
    const others = { ...texts, name: 'others' }
    cache.fill(others, 'last', 'old', 10)
    assert.equal(cache.get(others, 'last'), 'old')
    churn(cache)
    assert.equal(cache.has(others, 'last'), false)
  })

  it('lets nothing go that a piece of work has read, however much that is', () => {
    const cache = new ValueCache(small)
    cache.turn()
    for (let key = 0; key < 100; key++) cache.fill(texts, `read${key}`, key, 100)
    for (let key = 0; key < 100; key++) assert.equal(cache.get(texts, `read${key}`), key)
  })

  it('keeps what changed until it was committed, and never fills over it', () => {
    const cache = new ValueCache(small)
    cache.set(texts, 'a', 'changed')
    churn(cache)
    cache.fill(texts, 'a', 'stored before', 10)
    assert.equal(cache.get(texts, 'a'), 'changed')
    assert.equal(cache.dirtyCount, 1)
  })

  it('hands every change out once, the newest value of each key, deletions included', () => {
    const cache = new ValueCache(small)
    cache.set(texts, 'a', 'one')
    cache.set(texts, 'a', 'two')
    cache.set(texts, 'b', undefined)
    const { writes, done } = cache.drain()
    assert.deepEqual(writes, [{ put: 'texts/a', value: encodeJson('two') }, { delete: 'texts/b' }])
    done()
    assert.deepEqual(cache.drain().writes, [])
  })

  it('writes a persistent value later, as it was when the changes were handed out', () => {
    const cache = new ValueCache(small)
    const kept = { ...texts, name: 'kept', persistent: true }
    cache.set(kept, 'a', 'then')
    cache.set(kept, 'b', undefined)
    const { writes, later, undo } = cache.drain()
    cache.set(kept, 'a', 'since')
    cache.set(kept, 'b', 'since')
    assert.deepEqual(writes, [])
    assert.deepEqual(
      later.map((write) => write()),
      [{ put: 'kept/a', value: encodeJson('then') }, { delete: 'kept/b' }],
    )
    undo()
    const again = cache.drain().later.map((write) => write())
    assert.deepEqual(
      again.map((write) => 'put' in write && decodeJson(write.value)),
      ['since', 'since'],
    )
  })

  it('finds what a commit under way is writing: the store cannot tell it yet', () => {
    const cache = new ValueCache(small)
    cache.set(texts, 'a', 'leaving')
    churn(cache)
    const { done } = cache.drain()
    assert.equal(cache.get(texts, 'a'), 'leaving')
    churn(cache)
    assert.equal(cache.get(texts, 'a'), 'leaving')
    done()
    churn(cache)
    assert.equal(cache.has(texts, 'a'), false)
  })

  it('takes back what a failed commit was to write, and what changed meanwhile stays newer', () => {
    const cache = new ValueCache(small)
    cache.set(texts, 'a', 'first')
    cache.set(texts, 'b', 'first')
    const { undo } = cache.drain()
    cache.set(texts, 'b', 'second')
    churn(cache)
    undo()
    churn(cache)
    const values = cache.drain().writes.map((write) => 'put' in write && decodeJson(write.value))
    assert.deepEqual(values.sort(), ['first', 'second'])
  })
})

it('no deed is lost that is folded while a slow commit writes the one before', async () => {
  const store = memoryStore()
  let release = (): void => undefined
  const slow = {
    ...store,
    async commit(writes: Parameters<typeof store.commit>[0]) {
      await new Promise<void>((resolve) => (release = resolve))
      await store.commit(writes)
    },
  }
  const state = await openState({
    store: slow,
    projections: [pulse],
    tables: [],
    cacheBytes: 1_000,
  })
  const click = (id: number, user: string): Event => {
    return { type: 'action', id: `e${id}`, at: id, action: 'click', user, item: 'i' }
  }
  await state.fold(0, [click(0, 'u')])
  // Others push the user's value out of all that is not waiting to be committed.
  const others = Array.from({ length: 20 }, (_, index) => click(index, `other${index}`))
  await state.fold(1, others)
  const committed = state.checkpoint()
  await new Promise(setImmediate)
  const during = await state.read([{ projection: pulse, key: 'u' }])
  assert.equal(during.get(pulse, 'u'), 1)
  release()
  await committed
  await state.fold(state.offset, [click(99, 'u')])
  const after = await state.read([{ projection: pulse, key: 'u' }])
  assert.equal(after.get(pulse, 'u'), 2)
})

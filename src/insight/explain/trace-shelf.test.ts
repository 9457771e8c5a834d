import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { memoryStore } from '../../state/store/memory-store.ts'
import type { Store } from '../../state/store/store.ts'
import { madeUpTrace } from './made-up-trace.suite.ts'
import { openTraceShelf } from './trace-shelf.ts'

/** A store that outlives the shelf. */
function lastingStore(): Store {
  return { ...memoryStore(), [Symbol.asyncDispose]: async () => undefined }
}

async function keysIn(store: Store): Promise<readonly string[]> {
  const keys: string[] = []
  for await (const batch of store.scan('')) keys.push(...batch.map(([key]) => key))
  return keys
}

describe('trace shelf', () => {
  it('finds a trace from the moment it is kept, and after a restart', async () => {
    const store = lastingStore()
    const trace = madeUpTrace('r1', 'u', [4, 5])
    {
      await using shelf = await openTraceShelf({ store })
      shelf.keep(trace)
      assert.equal(await shelf.find('r1'), trace)
      assert.equal(await shelf.find('r2'), undefined)
    }
    await using again = await openTraceShelf({ store })
    assert.deepEqual(await again.find('r1'), trace)
  })

  it('finds a trace while it is being written', async () => {
    const store = lastingStore()
    let release = (): void => undefined
    const slow: Store = {
      ...store,
      async commit(writes) {
        await new Promise<void>((resolve) => (release = resolve))
        await store.commit(writes)
      },
    }
    const shelf = await openTraceShelf({ store: slow })
    shelf.keep(madeUpTrace('r1', 'u'))
    const closed = shelf[Symbol.asyncDispose]()
    await new Promise(setImmediate)
    assert.equal((await shelf.find('r1'))?.run, 'r1')
    release()
    await closed
    assert.equal((await shelf.find('r1'))?.run, 'r1')
  })

  it('keeps the newest, also over a restart', async () => {
    const store = lastingStore()
    for (const runs of [
      ['r1', 'r2', 'r3'],
      ['r4', 'r5'],
    ]) {
      await using shelf = await openTraceShelf({ store, countMax: 3 })
      for (const run of runs) shelf.keep(madeUpTrace(run, 'u'))
    }
    await using shelf = await openTraceShelf({ store, countMax: 3 })
    const found: string[] = []
    for (const run of ['r1', 'r2', 'r3', 'r4', 'r5']) if (await shelf.find(run)) found.push(run)
    assert.deepEqual(found, ['r3', 'r4', 'r5'])
    assert.equal((await keysIn(store)).length, 3)
  })

  it('tells from when to when it keeps traces, written or not', async () => {
    const store = lastingStore()
    await using shelf = await openTraceShelf({ store, countMax: 2 })
    assert.equal(shelf.span(), undefined)
    for (const at of [30, 10, 20]) shelf.keep({ ...madeUpTrace(`r${at}`, 'u'), at })
    assert.deepEqual(shelf.span(), { from: 10, to: 30 })
    await shelf.forget('somebody else')
    assert.deepEqual(shelf.span(), { from: 10, to: 20 })
    await using again = await openTraceShelf({ store })
    assert.deepEqual(again.span(), { from: 10, to: 20 })
  })

  it('forgets a user, and sheds what is left on the medium', async () => {
    const store = lastingStore()
    let sheds = 0
    const counting: Store = {
      ...store,
      async shed() {
        sheds++
      },
    }
    await using shelf = await openTraceShelf({ store: counting })
    for (const [run, user] of [
      ['r1', 'u'],
      ['r2', 'v'],
      ['r3', 'u'],
    ] as const) {
      shelf.keep(madeUpTrace(run, user))
    }
    assert.equal(await shelf.forget('u'), 2)
    assert.equal(sheds, 1)
    assert.deepEqual([await shelf.find('r1'), await shelf.find('r3')], [undefined, undefined])
    assert.equal((await shelf.find('r2'))?.user, 'v')
    assert.equal((await keysIn(store)).length, 1)
  })

  it('goes on without a trace that could not be written', async () => {
    const store = lastingStore()
    const full: Store = { ...store, commit: () => Promise.reject(new Error('disk full')) }
    const shelf = await openTraceShelf({ store: full })
    shelf.keep(madeUpTrace('r1', 'u'))
    await shelf[Symbol.asyncDispose]()
    assert.equal(await shelf.find('r1'), undefined)
  })
})

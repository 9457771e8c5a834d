import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { openState } from '../../state/folded-state.ts'
import { madeUpHistory } from '../../state/made-up-history.suite.ts'
import { memoryStore } from '../../state/store/memory-store.ts'
import type { Store } from '../../state/store/store.ts'
import { folds, knowledge } from '../folds.ts'
import { loadSnapshot, restoreSnapshot, writeSnapshot } from './snapshot.ts'

const events = madeUpHistory(seededRandom('snapshot'), { count: 300 })

async function rowsOf(store: Store): Promise<readonly string[]> {
  const rows: string[] = []
  for await (const batch of store.scan('')) {
    for (const [key, value] of batch) rows.push(`${key} ${Buffer.from(value).toString('hex')}`)
  }
  return rows
}

async function storeAfter(count: number): Promise<Store> {
  const store = memoryStore()
  const state = await openState({ store, ...folds })
  await state.fold(0, events.slice(0, count))
  await state.checkpoint()
  return store
}

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'starling-snapshot-'))
  t.after(() => rm(folder, { recursive: true }))
  return folder
}

describe('snapshot', () => {
  it('gives every row back, and the newest one counts', async (t) => {
    const folder = await folderFor(t)
    await writeSnapshot(folder, await storeAfter(100))
    const store = await storeAfter(200)
    await writeSnapshot(folder, store)
    assert.deepEqual(await rowsOf(await loadSnapshot(folder)), await rowsOf(store))
    assert.deepEqual(await readdir(folder), ['snapshot.bin'])
  })

  it('and the log after it make the state that the whole log makes', async (t) => {
    const folder = await folderFor(t)
    await writeSnapshot(folder, await storeAfter(180))
    const store = await loadSnapshot(folder)
    const state = await openState({ store, ...folds })
    assert.equal(state.offset, 180)
    await state.fold(180, events.slice(180))
    await state.checkpoint()
    assert.deepEqual(await rowsOf(store), await rowsOf(await storeAfter(events.length)))
  })

  it('serves a training, which wants to know less than all of it', async (t) => {
    const folder = await folderFor(t)
    await writeSnapshot(folder, await storeAfter(180))
    const state = await openState({ store: await loadSnapshot(folder), ...knowledge })
    assert.equal(state.offset, 180)
    assert.ok(state.ordinals.size > 0)
  })

  it('that is missing is none, and one that was damaged is refused', async (t) => {
    const folder = await folderFor(t)
    assert.equal(await restoreSnapshot(folder, memoryStore()), false)
    await writeSnapshot(folder, await storeAfter(50))
    const file = join(folder, 'snapshot.bin')
    const bytes = await readFile(file)
    for (const at of [0, 20, bytes.length - 1]) {
      const damaged = Buffer.from(bytes)
      damaged[at]! ^= 1
      await writeFile(file, damaged)
      await assert.rejects(restoreSnapshot(folder, memoryStore()), /does not match its checksum/)
    }
    await writeFile(file, bytes.subarray(0, 3))
    await assert.rejects(restoreSnapshot(folder, memoryStore()), { code: 'data_loss' })
  })

  it('is restored whole or not at all, wherever a kill breaks it off', async (t) => {
    const folder = await folderFor(t)
    await writeSnapshot(folder, await storeAfter(180))
    for (const survives of [0, 1]) {
      const store = memoryStore()
      let commits = 0
      const killed: Store = {
        ...store,
        commit: (writes) =>
          commits++ < survives ? store.commit(writes) : Promise.reject(new Error('killed')),
      }
      await assert.rejects(restoreSnapshot(folder, killed), /killed/)
      const state = await openState({ store, ...folds })
      assert.deepEqual([state.offset, state.ordinals.size], [0, 0])
      assert.deepEqual(await rowsOf(store), [])
      await restoreSnapshot(folder, store)
      assert.equal((await openState({ store, ...folds })).offset, 180)
    }
  })
})

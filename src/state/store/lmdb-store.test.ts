import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { openLmdbStore } from './lmdb-store.ts'
import { storeSuite } from './store.suite.ts'

storeSuite('LMDB store', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'starling-store-'))
  const store = openLmdbStore({ folder })
  return {
    ...store,
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]()
      await rm(folder, { recursive: true })
    },
  }
})

it('an LMDB store keeps what was committed over a close', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'starling-store-'))
  {
    await using store = openLmdbStore({ folder })
    await store.commit([{ put: 'k', value: new Uint8Array([7]) }])
  }
  await using store = openLmdbStore({ folder })
  assert.deepEqual([...((await store.get(['k']))[0] ?? [])], [7])
  await rm(folder, { recursive: true })
})

it('an LMDB store refuses a key that is too long, saying so', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'starling-store-'))
  await using store = openLmdbStore({ folder })
  await assert.rejects(store.get(['x'.repeat(3_000)]), /3000 bytes is longer than 1978/)
  await rm(folder, { recursive: true })
})

it('an LMDB store leaves no byte of what was deleted once it has shed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'starling-store-'))
  await using store = openLmdbStore({ folder })
  const secret = Buffer.from('a-word-that-must-go')
  await store.commit([{ put: 'k', value: secret }])
  await store.commit([{ delete: 'k' }])
  assert.ok((await readFile(join(folder, 'data.mdb'))).includes(secret))
  await store.shed()
  assert.ok(!(await readFile(join(folder, 'data.mdb'))).includes(secret))
  await rm(folder, { recursive: true })
})

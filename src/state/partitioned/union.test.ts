import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memoryStore } from '../store/memory-store.ts'
import { digestOf, union } from './union.ts'

async function storeOf(rows: Readonly<Record<string, string>>) {
  const store = memoryStore()
  await store.commit(
    Object.entries(rows).map(([put, value]) => ({ put, value: Buffer.from(value) })),
  )
  return store
}

test('the rows of several stores come as those of one, in the order of UTF-8', async () => {
  const stores = [
    await storeOf({ 'a/1': 'x', 'a/😀': 'y', 'b/1': 'z' }),
    await storeOf({ 'a/\uffee': 'u', 'a/1': 'x' }),
  ]
  const keys: string[] = []
  for await (const [key] of union(stores, 'a/')) keys.push(key)
  assert.deepEqual(keys, ['a/1', 'a/\uffee', 'a/😀'])
  const whole = await storeOf({ 'a/1': 'x', 'a/😀': 'y', 'a/\uffee': 'u', 'c/1': 'other' })
  assert.deepEqual(await digestOf(stores, 'a/'), await digestOf([whole], 'a/'))
})

test('a digest tells apart what differs in one byte, or in where a key ends', async () => {
  const digests = await Promise.all(
    [{ 'a/1': 'x' }, { 'a/1': 'y' }, { 'a/1x': '' }, { 'a/': '1x' }].map(async (rows) => {
      return (await digestOf([await storeOf(rows)], 'a/')).sha256
    }),
  )
  assert.equal(new Set(digests).size, 4)
})

test('two stores that disagree on a row are no state', async () => {
  const stores = [await storeOf({ 'a/1': 'x' }), await storeOf({ 'a/1': 'y' })]
  await assert.rejects(digestOf(stores, 'a/'), /data_loss. two partitions hold different rows/)
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Bytes, Key, Store, Write } from './store.ts'

/** What every store must do. `open` gives an empty one; the suite disposes of it. */
export function storeSuite(name: string, open: () => Promise<Store>): void {
  const bytes = (text: string): Bytes => new TextEncoder().encode(text)
  const put = (key: Key, value: string): Write => ({ put: key, value: bytes(value) })

  async function all(store: Store, prefix: Key): Promise<readonly string[]> {
    const found: string[] = []
    for await (const batch of store.scan(prefix)) {
      for (const [key, value] of batch) found.push(`${key}=${new TextDecoder().decode(value)}`)
    }
    return found
  }

  async function given(run: (store: Store) => Promise<void>): Promise<void> {
    await using store = await open()
    await run(store)
  }

  describe(name, () => {
    it('gives back what was put, in the order asked, and undefined for what was not', () =>
      given(async (store) => {
        await store.commit([put('a', '1'), put('b', '')])
        const [b, none, a] = await store.get(['b', 'none', 'a'])
        assert.equal(b?.byteLength, 0)
        assert.equal(none, undefined)
        assert.equal(new TextDecoder().decode(a), '1')
      }))

    it('applies the writes of a commit in order', () =>
      given(async (store) => {
        await store.commit([put('a', '1'), { delete: 'a' }, put('b', '1'), put('b', '2')])
        assert.deepEqual(await all(store, ''), ['b=2'])
      }))

    it('scans a prefix in the order of UTF-8, and nothing beside it', () =>
      given(async (store) => {
        const keys = ['p/ä', 'p/z', 'p/\u001fx', 'p/\uffee', 'p/😀', 'p', 'p0', 'o/z', 'q', 'p/']
        await store.commit(keys.map((key) => put(key, 'v')))
        const expected = ['p/', 'p/\u001fx', 'p/z', 'p/ä', 'p/\uffee', 'p/😀']
        assert.deepEqual(
          await all(store, 'p/'),
          expected.map((key) => `${key}=v`),
        )
      }))

    it('keeps bytes apart from the array they came in', () =>
      given(async (store) => {
        const value = bytes('before')
        await store.commit([{ put: 'k', value }])
        value.fill(0)
        assert.deepEqual(await all(store, 'k'), ['k=before'])
      }))

    it('scans more than one batch, and deletes what a scan finds', () =>
      given(async (store) => {
        const keys = Array.from(
          { length: 2_500 },
          (_, index) => `n/${String(index).padStart(5, '0')}`,
        )
        await store.commit(keys.map((key) => put(key, 'x')))
        const found = await all(store, 'n/')
        assert.equal(found.length, keys.length)
        assert.deepEqual(found, [...found].sort())
        await store.commit(keys.slice(10).map((key) => ({ delete: key })))
        assert.equal((await all(store, 'n/')).length, 10)
      }))

    it('keeps all that was not deleted when it sheds, whatever goes on meanwhile', () =>
      given(async (store) => {
        await store.commit([put('a', '1'), put('gone', 'x'), put('b', '2')])
        await store.commit([{ delete: 'gone' }])
        const during = [store.shed(), store.commit([put('c', '3')]), all(store, '')]
        await Promise.all(during)
        assert.deepEqual(await all(store, ''), ['a=1', 'b=2', 'c=3'])
      }))

    it('shows a commit to reads that begin after it resolved', () =>
      given(async (store) => {
        for (let round = 0; round < 50; round++) {
          await store.commit([put('counter', String(round))])
          assert.deepEqual(await all(store, 'counter'), [`counter=${round}`])
        }
      }))
  })
}

import type { Bytes, Key, Store, Write } from './store.ts'

const batchSize = 1_000

/** A store that forgets: for tests, and for states that are replayed and thrown away. */
export function memoryStore(): Store {
  const rows = new Map<Key, Bytes>()
  return {
    async get(keys) {
      return keys.map((key) => rows.get(key))
    },

    async *scan(prefix) {
      const keys = [...rows.keys()].filter((key) => key.startsWith(prefix)).sort(byUtf8)
      for (let start = 0; start < keys.length; start += batchSize) {
        const batch = keys.slice(start, start + batchSize)
        yield batch.flatMap((key): (readonly [Key, Bytes])[] => {
          const value = rows.get(key)
          return value === undefined ? [] : [[key, value]]
        })
      }
    },

    async commit(writes: readonly Write[]) {
      for (const write of writes) {
        if ('put' in write) rows.set(write.put, write.value.slice())
        else rows.delete(write.delete)
      }
    },

    async shed() {
      // Memory holds nothing of what was deleted.
    },

    async [Symbol.asyncDispose]() {
      rows.clear()
    },
  }
}

/** UTF-16 order differs from UTF-8 order above the surrogates; stores agree on UTF-8. */
function byUtf8(a: Key, b: Key): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

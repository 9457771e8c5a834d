import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { open, type RootDatabase } from 'lmdb'
import { StarlingError } from '../../error.ts'
import { openGate } from './gate.ts'
import type { Bytes, Key, Store, Write } from './store.ts'

const batchSize = 1_000

/** LMDB's own name for the file in the folder. */
const dataFile = 'data.mdb'

/** Longest key that LMDB takes, in bytes of UTF-8. */
const keyBytesMax = 1_978

export interface LmdbStoreOptions {
  /** The folder of the data file; made where it is missing. */
  readonly folder: string
}

/**
 * A store in one memory-mapped file. Commits are visible at once and reach the disk in the
 * background: the death of the process loses none, a power cut may lose the last ones, never half
 * of one. The log gives them again.
 */
export function openLmdbStore({ folder }: LmdbStoreOptions): Store {
  let database = openDatabase(folder)
  const gate = openGate()

  return {
    async get(keys) {
      const leave = await gate.enter()
      try {
        return keys.map((key) => database.get(encodeKey(key)))
      } finally {
        leave()
      }
    },

    async *scan(prefix) {
      const leave = await gate.enter()
      try {
        yield* batchesOf(database, prefix)
      } finally {
        leave()
      }
    },

    async commit(writes) {
      const leave = await gate.enter()
      await database
        .transaction(() => apply(database, writes))
        .catch(refused)
        .finally(leave)
    },

    shed: () =>
      gate.alone(async () => {
        const fresh = `${folder}.fresh`
        await rm(fresh, { recursive: true, force: true })
        // Written anew, row by row: in LMDB's own copy keys that were deleted live on, as signposts
        // of its inner pages.
        const copy = openDatabase(fresh)
        for (const batch of batchesOf(database, '')) {
          await copy.transaction(() =>
            apply(
              copy,
              batch.map(([put, value]) => ({ put, value })),
            ),
          )
        }
        await copy.flushed
        await copy.close()
        await database.flushed
        await database.close()
        // It takes the file's name in one step.
        await rename(join(fresh, dataFile), join(folder, dataFile))
        await rm(fresh, { recursive: true, force: true })
        database = openDatabase(folder)
      }),

    async [Symbol.asyncDispose]() {
      await database.flushed
      await database.close()
    },
  }
}

function apply(database: RootDatabase<Bytes, Buffer>, writes: readonly Write[]): void {
  for (const write of writes) {
    // The promises settle with the transaction that surrounds them.
    if ('put' in write) void database.put(encodeKey(write.put), asBuffer(write.value))
    else void database.remove(encodeKey(write.delete))
  }
}

function openDatabase(folder: string): RootDatabase<Bytes, Buffer> {
  return open<Bytes, Buffer>({
    path: folder,
    // A dot in its name makes no file of a folder.
    noSubdir: false,
    encoding: 'binary',
    keyEncoding: 'binary',
    mapSize: 2 ** 40,
    maxDbs: 1,
    // Values are written once and read raw: LMDB's own cache would only hold them twice.
    cache: false,
  })
}

function* batchesOf(database: RootDatabase<Bytes, Buffer>, prefix: Key) {
  const start = encodeKey(prefix)
  let batch: (readonly [Key, Bytes])[] = []
  for (const { key, value } of database.getRange({ start, snapshot: true })) {
    const name = key.toString()
    if (!name.startsWith(prefix)) break
    batch.push([name, value])
    if (batch.length < batchSize) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

function encodeKey(key: Key): Buffer {
  const bytes = Buffer.from(key)
  if (bytes.length > keyBytesMax) {
    throw new StarlingError(
      'invalid_argument',
      `a key of ${bytes.length} bytes is longer than ${keyBytesMax}: ${key.slice(0, 60)}…`,
    )
  }
  return bytes
}

function asBuffer(bytes: Bytes): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function refused(cause: unknown): never {
  throw new StarlingError('unavailable', `the state store refused a commit: ${String(cause)}`, {
    cause,
  })
}

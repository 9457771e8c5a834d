import { open } from 'lmdb'
import { StarlingError } from '../../error.ts'
import type { Store } from './store.ts'

export interface LmdbReader extends Pick<Store, 'get'>, AsyncDisposable {}

/**
 * Reads a store that another process writes, as its last commit left it at each `get`. The store
 * must exist. (Within the writing process its own `Store` tells the same.)
 */
export function openLmdbReader({ folder }: { readonly folder: string }): LmdbReader {
  let database: ReturnType<typeof open<Buffer, Buffer>>
  try {
    database = open<Buffer, Buffer>({
      path: folder,
      noSubdir: false,
      encoding: 'binary',
      keyEncoding: 'binary',
      mapSize: 2 ** 40,
      maxDbs: 1,
      cache: false,
      readOnly: true,
    })
  } catch (cause) {
    throw new StarlingError('not_found', `there is no store to be read in ${folder}`, { cause })
  }
  return {
    async get(keys) {
      // Reads of one moment share what they see; this begins a moment anew.
      database.resetReadTxn()
      return keys.map((key) => database.get(Buffer.from(key)))
    },
    async [Symbol.asyncDispose]() {
      await database.close()
    },
  }
}

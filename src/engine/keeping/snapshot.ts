/**
 * The whole state as one file, taken before the log forgets what it was folded from: log and
 * snapshot together always rebuild it. `[crc32 u32]` and then rows of `[keyBytes u32][valueBytes
 * u32][key][value]`.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StarlingError } from '../../error.ts'
import { crc32 } from '../../events/log/frames/crc32.ts'
import { diskMedium } from '../../events/log/medium/disk-medium.ts'
import { metaKey } from '../../state/folded-state.ts'
import { memoryStore } from '../../state/store/memory-store.ts'
import type { Store, Write } from '../../state/store/store.ts'
import { writeWhole } from '../home.ts'

const fileName = 'snapshot.bin'

const rowsPerCommit = 10_000

/**
 * Writes all rows of a checkpointed store. The file of before is replaced when this one is whole.
 */
export async function writeSnapshot(folder: string, store: Store): Promise<void> {
  const parts: Uint8Array[] = [new Uint8Array(4)]
  for await (const batch of store.scan('')) {
    for (const [key, value] of batch) {
      const name = Buffer.from(key)
      const lengths = Buffer.alloc(8)
      lengths.writeUInt32LE(name.byteLength, 0)
      lengths.writeUInt32LE(value.byteLength, 4)
      parts.push(lengths, name, value)
    }
  }
  const bytes = Buffer.concat(parts)
  bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0)
  await writeWhole(join(folder, fileName), bytes)
  // The log forgets next what this holds: its name must be on the disk before.
  await diskMedium.syncFolder(folder)
}

/** The snapshot's rows in memory; an empty store where there is none. */
export async function loadSnapshot(folder: string): Promise<Store> {
  const store = memoryStore()
  await restoreSnapshot(folder, store)
  return store
}

/** Puts the snapshot's rows into a store. Resolves with false where there is no snapshot. */
export async function restoreSnapshot(folder: string, store: Store): Promise<boolean> {
  const file = join(folder, fileName)
  const bytes = await readFile(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  if (bytes === undefined) return false
  if (bytes.byteLength < 4 || bytes.readUInt32LE(0) !== crc32(bytes.subarray(4))) {
    throw new StarlingError('data_loss', `${file} does not match its checksum`)
  }
  let writes: Write[] = []
  const last: Write[] = []
  for (let at = 4; at < bytes.byteLength; ) {
    const keyEnd = at + 8 + bytes.readUInt32LE(at)
    const end = keyEnd + bytes.readUInt32LE(at + 4)
    const value = Uint8Array.from(bytes.subarray(keyEnd, end))
    const key = bytes.toString('utf8', at + 8, keyEnd)
    // Without this row a state is none: a restoration that was broken off begins anew.
    if (key === metaKey) last.push({ put: key, value })
    else writes.push({ put: key, value })
    at = end
    if (writes.length < rowsPerCommit) continue
    await store.commit(writes)
    writes = []
  }
  await store.commit(writes)
  await store.commit(last)
  return true
}

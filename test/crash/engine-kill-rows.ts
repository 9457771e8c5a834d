import assert from 'node:assert/strict'
import { folds } from '../../src/engine/folds.ts'
import { openSegmentLog } from '../../src/events/log/segment-log.ts'
import { openState } from '../../src/state/folded-state.ts'
import { openLmdbStore } from '../../src/state/store/lmdb-store.ts'
import { memoryStore } from '../../src/state/store/memory-store.ts'
import type { Store } from '../../src/state/store/store.ts'

/**
 * Compares every row of a closed engine's state, byte by byte, with a state that is folded from its
 * log alone.
 */
export async function compareWithLog(logFolder: string, stateFolder: string): Promise<void> {
  await using store = openLmdbStore({ folder: stateFolder })
  const rebuilt = memoryStore()
  const state = await openState({ store: rebuilt, ...folds })
  await using log = await openSegmentLog({ folder: logFolder, readOnly: true })
  for await (const batch of log.read(0)) {
    await state.fold(
      batch[0]!.offset,
      batch.map(({ event }) => event),
    )
  }
  await state.checkpoint()
  const [kept, expected] = [await rowsOf(store), await rowsOf(rebuilt)]
  assert.deepEqual([...kept.keys()], [...expected.keys()], 'the state has other rows than the log')
  for (const [key, bytes] of expected) {
    assert.equal(kept.get(key), bytes, `row ${key} is not what the log makes of it`)
  }
}

async function rowsOf(store: Store): Promise<ReadonlyMap<string, string>> {
  const rows = new Map<string, string>()
  for await (const batch of store.scan('')) {
    for (const [key, value] of batch) rows.set(key, Buffer.from(value).toString('hex'))
  }
  return rows
}

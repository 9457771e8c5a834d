import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { collect } from '../../events/log/samples.ts'
import { openSegmentLog } from '../../events/log/segment-log.ts'
import { seededRandom } from '../../kernel/random.ts'
import { openState } from '../../state/folded-state.ts'
import { madeUpHistory } from '../../state/made-up-history.suite.ts'
import { memoryStore } from '../../state/store/memory-store.ts'
import type { Store } from '../../state/store/store.ts'
import { folds } from '../folds.ts'
import { openHome } from '../home.ts'
import { openRetention, segmentBytesFor } from './retention.ts'
import { loadSnapshot } from './snapshot.ts'

const events = madeUpHistory(seededRandom('retention'), { count: 600, without: ['erase'] })
const logBytesMax = 60_000

async function rowsOf(store: Store): Promise<readonly string[]> {
  const rows: string[] = []
  for await (const batch of store.scan('')) {
    for (const [key, value] of batch) rows.push(`${key} ${Buffer.from(value).toString('hex')}`)
  }
  return rows
}

/** A log of small segments, its fold, and what keeps both within bounds. */
async function house(t: TestContext) {
  const folder = await mkdtemp(join(tmpdir(), 'starling-retention-'))
  t.after(() => rm(folder, { recursive: true }))
  const home = await openHome(folder)
  const segmentBytes = segmentBytesFor(logBytesMax)
  const log = await openSegmentLog({ folder: home.log, segmentBytes })
  t.after(() => log[Symbol.asyncDispose]())
  const store = memoryStore()
  const state = await openState({ store, ...folds })
  const retention = openRetention({ log, store, home, logBytesMax })
  const record = async (from: number, to: number): Promise<void> => {
    for (let at = from; at < to; at += 10) {
      const some = events.slice(at, Math.min(at + 10, to))
      await state.fold(await log.append(some), some)
    }
  }
  /** A state that begins with nothing but what retention left. */
  const rebuilt = async (): Promise<Store> => {
    const fresh = memoryStore()
    await openRetention({ log, store: fresh, home }).restore()
    const again = await openState({ store: fresh, ...folds })
    for (const { offset, event } of await collect(log.read(again.offset))) {
      await again.fold(offset, [event])
    }
    await again.checkpoint()
    return fresh
  }
  return { home, log, store, state, retention, record, rebuilt }
}

describe('retention', () => {
  it('leaves a log alone that is within its bound', async (t) => {
    const { log, state, retention, record } = await house(t)
    await record(0, 60)
    assert.equal(await retention.enforce(state), false)
    assert.equal(log.tail, 0)
  })

  it('forgets the oldest segments, and no more than must go', async (t) => {
    const { log, state, retention, record } = await house(t)
    await record(0, 500)
    assert.ok(log.sizeBytes > logBytesMax)
    assert.equal(await retention.enforce(state), true)
    assert.ok(log.tail > 0 && log.sizeBytes <= logBytesMax)
    assert.ok(log.sizeBytes > logBytesMax / 2, `only ${log.sizeBytes} bytes are left`)
  })

  it('keeps what rebuilds the state, byte by byte, time after time', async (t) => {
    const { store, state, retention, record, rebuilt } = await house(t)
    for (const [from, to] of [
      [0, 400],
      [400, 550],
      [550, 600],
    ] as const) {
      await record(from, to)
      await retention.enforce(state)
      await state.checkpoint()
      assert.deepEqual(await rowsOf(await rebuilt()), await rowsOf(store))
    }
  })

  it('forgets nothing that was folded while the snapshot was being written', async (t) => {
    const { home, log, store, state, record, rebuilt } = await house(t)
    await record(0, 400)
    const busy: Store = {
      ...store,
      async *scan(prefix) {
        yield* store.scan(prefix)
        // Between the snapshot and the trimming, segments fill that the snapshot knows nothing of.
        if (prefix === '') await record(400, 600)
      },
    }
    const retention = openRetention({ log, store: busy, home, logBytesMax: 10_000 })
    await retention.enforce(state)
    await state.checkpoint()
    assert.deepEqual(await rowsOf(await rebuilt()), await rowsOf(store))
  })

  it('restores nothing where the log is whole, or the state is there', async (t) => {
    const { home, log, store, state, retention, record } = await house(t)
    const fresh = memoryStore()
    await record(0, 500)
    await openRetention({ log, store: fresh, home }).restore()
    assert.deepEqual(await rowsOf(fresh), [])
    await retention.enforce(state)
    await record(500, 520)
    await state.checkpoint()
    const before = await rowsOf(store)
    await retention.restore()
    assert.deepEqual(await rowsOf(store), before)
  })

  it('forgets a person in the snapshot too, and the place in the log stays what it was', async (t) => {
    const { home, state, log, store, retention, record, rebuilt } = await house(t)
    await retention.forget([])
    await record(0, 500)
    await retention.enforce(state)
    const erasure = { type: 'erase', id: 'erasure', at: 1, user: 'user3' } as const
    await state.fold(await log.append([erasure]), [erasure])
    await retention.forget([erasure])
    const bytes = await readFile(join(home.folder, 'snapshot.bin'))
    const kept = await rowsOf(await loadSnapshot(home.folder))
    assert.ok(kept.some((row) => row.startsWith('seen/user1 ')))
    assert.ok(!kept.some((row) => /^(seen|history|shelf|batches|pulse)\/user3\b/.test(row)))
    assert.ok(bytes.includes('user1'))
    await state.checkpoint()
    assert.deepEqual(await rowsOf(await rebuilt()), await rowsOf(store))
  })
})

import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { collect } from '../../events/log/samples.ts'
import { openSegmentLog, type SegmentLog } from '../../events/log/segment-log.ts'
import { seededRandom } from '../../kernel/random.ts'
import { openState } from '../../state/folded-state.ts'
import { madeUpHistory } from '../../state/made-up-history.suite.ts'
import { memoryStore } from '../../state/store/memory-store.ts'
import type { Store } from '../../state/store/store.ts'
import { folds } from '../folds.ts'
import { openHome } from '../home.ts'
import { openRetention, segmentBytesFor } from './retention.ts'
import { loadSnapshot } from './snapshot.ts'

const random = seededRandom('retention')
const events = madeUpHistory(random, { count: 600, without: ['erase'] })
/** Nobody in it goes by two names, which are erased together. */
const plain = madeUpHistory(random, { count: 600, without: ['erase', 'merge'] })

const logBytesMax = 60_000

const personal = /^(users|aliases|seen|history|pulse|shelf|batches|requests)\//

async function rowsOf(store: Store): Promise<readonly string[]> {
  const rows: string[] = []
  for await (const batch of store.scan('')) {
    for (const [key, value] of batch) rows.push(`${key} ${Buffer.from(value).toString('hex')}`)
  }
  return rows
}

/** A log of small segments, its fold, and what keeps both within bounds. */
async function house(t: TestContext, past = events) {
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
      const some = past.slice(at, Math.min(at + 10, to))
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

  it('forgets nothing that somebody who follows the log has not taken', async (t) => {
    const { log, state, retention, record } = await house(t)
    await record(0, 500)
    assert.equal(await retention.enforce(state, async () => 3), false)
    assert.equal(log.tail, 0)
    const needed = log.segments[1]!.first + 1
    assert.equal(await retention.enforce(state, async () => needed), true)
    assert.equal(log.tail, log.segments[0]!.first)
    assert.ok(log.tail > 0 && log.tail < needed)
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
    const busy: SegmentLog = {
      ...log,
      get tail() {
        return log.tail
      },
      get sizeBytes() {
        return log.sizeBytes
      },
      get segments() {
        return log.segments
      },
      async trim(before) {
        // Between the snapshot and the trimming, segments fill that the snapshot knows nothing of.
        await record(400, 600)
        return log.trim(before)
      },
    }
    const retention = openRetention({ log: busy, store, home, logBytesMax: 10_000 })
    assert.equal(await retention.enforce(state), true)
    await state.checkpoint()
    assert.deepEqual(await rowsOf(await rebuilt()), await rowsOf(store))
  })

  it('leaves a log that can be replayed from its first event', async (t) => {
    const { home, log, state, retention, record } = await house(t)
    for (const [from, to] of [
      [0, 400],
      [400, 600],
    ] as const) {
      await record(from, to)
      await retention.enforce(state)
      const base = await openState({ store: await loadSnapshot(home.folder), ...folds })
      assert.equal(base.offset, log.tail)
    }
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
    const { home, state, log, store, retention, record, rebuilt } = await house(t, plain)
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
    // Sums over many users keep the share of the erased; whatever is somebody's own is the same.
    const own = (rows: readonly string[]) => rows.filter((row) => personal.test(row))
    assert.deepEqual(own(await rowsOf(await rebuilt())), own(await rowsOf(store)))
  })
})

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it, type TestContext } from 'node:test'
import type { Event } from '../../events/event.ts'
import type { EventLog } from '../../events/log/event-log.ts'
import { memoryLog } from '../../events/log/memory-log.ts'
import { openSegmentLog } from '../../events/log/segment-log.ts'
import { openState } from '../../state/folded-state.ts'
import { openJournal } from '../../state/journal.ts'
import { aliases, aliasView } from '../../state/projections/aliases.ts'
import { batches, requests } from '../../state/projections/batches.ts'
import { seen } from '../../state/projections/seen.ts'
import { shelf } from '../../state/projections/shelf.ts'
import { openLmdbStore } from '../../state/store/lmdb-store.ts'
import { memoryStore } from '../../state/store/memory-store.ts'
import type { Store } from '../../state/store/store.ts'
import { feedQueueSuite, type QueueWorld } from './feed-queue.suite.ts'
import type { Take } from './feed-queue.ts'
import { logQueue } from './log-queue.ts'

const at = 1_700_000_000_000
let nextId = 0
const newId = () => `id${nextId++}`

interface Ground {
  readonly log: EventLog
  readonly store: Store
  /** Gives up what is open, as a kill does, and opens what it left. */
  reopen(): Promise<Ground>
}

/** A queue over a log and a store. What is not checkpointed is folded again when it is opened. */
async function worldOver(ground: Ground): Promise<QueueWorld> {
  const { log, store } = ground
  const state = await openState({
    store,
    projections: [aliases, seen, shelf, batches, requests],
    tables: [],
  })
  const journal = openJournal({ log, state, checkpointMs: 1_000_000 })
  await journal.catchUp(() => undefined)
  return {
    queue: logQueue({ journal, state, newId, aliases: await aliasView(state) }),

    async items(count) {
      const first = state.ordinals.size
      const ids = Array.from({ length: count }, (_, index) => `item${first + index}`)
      const record = { attributes: {}, channels: [] }
      await journal.record(
        ids.map((item): Event => ({ type: 'item', id: newId(), at, item, record })),
      )
      return ids.map((id) => state.ordinals.of(id)!)
    },

    act: (user, action, item) =>
      journal.record([
        { type: 'action', id: newId(), at, action, user, item: state.ordinals.id(item) },
      ]),

    merge: (from, into) => journal.record([{ type: 'merge', id: newId(), at, from, into }]),

    reopen: async () => worldOver(await ground.reopen()),
  }
}

function inMemory(log = memoryLog(), store = memoryStore()): Ground {
  return { log, store, reopen: async () => inMemory(log, store) }
}

async function onDisk(t: TestContext): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'starling-queue-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const open = async (): Promise<Ground> => {
    const log = await openSegmentLog({ folder: join(folder, 'log') })
    const store = openLmdbStore({ folder: join(folder, 'state') })
    const close = async () => {
      await store[Symbol.asyncDispose]()
      await log[Symbol.asyncDispose]()
    }
    t.after(close)
    return {
      log,
      store,
      async reopen() {
        await close()
        return open()
      },
    }
  }
  return open()
}

feedQueueSuite('log queue in memory', () => worldOver(inMemory()))
feedQueueSuite('log queue on segments and LMDB', async (t) => worldOver(await onDisk(t)))

it('a page that the log refused was not taken: the next one is the same', async () => {
  const log = memoryLog()
  let refuses = false
  const flaky: EventLog = {
    ...log,
    get head() {
      return log.head
    },
    append: (events) => (refuses ? Promise.reject(new Error('disk full')) : log.append(events)),
  }
  const { queue, items } = await worldOver(inMemory(flaky))
  const key = { user: 'u', scene: 'home', channel: '' }
  const entries = (await items(3)).map((item) => ({
    ...{ item, score: 1, sources: [], run: 'run', model: '', expiresAt: 9e15 },
  }))
  const offers = [{ writer: 'feed', entries, replace: false, pulse: 0 }]
  const take: Take = {
    ...{ key, size: 2, at, request: 'r', delivery: 'now', recipe: 'feed', arms: [], offers },
    ...{ fit: () => 'show', partial: false, pulseMin: -1, repeatable: false },
  }
  refuses = true
  await assert.rejects(queue.take(take), /disk full/)
  refuses = false
  const taken = await queue.take(take)
  assert.ok('batch' in taken)
  assert.deepEqual([taken.batch.batch, taken.batch.items.length], [1, 2])
})

it('a page that takes all of its offer is written once, and an offer that waits beside it', async () => {
  const log = memoryLog()
  const { queue, items } = await worldOver(inMemory(log))
  const key = { user: 'u', scene: 'shelves', channel: '' }
  const entries = (await items(4)).map((item) => ({
    ...{ item, score: 1, sources: [], run: 'run', model: '', expiresAt: 9e15 },
  }))
  const taking = (size: number, request: string): Take => ({
    ...{ key, size, at, request, delivery: 'now', recipe: 'shelves', arms: [] },
    offers: [{ writer: 'shelves', entries, replace: true, pulse: 0 }],
    ...{ fit: () => 'show', partial: true, pulseMin: -1, repeatable: true },
  })
  const written = async (take: Take): Promise<number> => {
    const before = log.head
    await queue.take(take)
    return log.head - before
  }
  assert.equal(await written(taking(4, 'all')), 1)
  assert.equal(await written(taking(3, 'some')), 2)
  // What waited is replaced, which only the offer can say.
  assert.equal(await written(taking(4, 'all again')), 2)
  assert.equal(await written(taking(4, 'and again')), 1)
})

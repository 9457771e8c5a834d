import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Event } from '../events/event.ts'
import { memoryLog } from '../events/log/memory-log.ts'
import { openState } from './folded-state.ts'
import { openJournal, restMs } from './journal.ts'
import { pulse } from './projections/pulse.ts'
import type { State } from './state.ts'
import { memoryStore } from './store/memory-store.ts'
import type { Store } from './store/store.ts'

const folds = { projections: [pulse], tables: [] }

function click(id: number, user = 'u'): Event {
  return { type: 'action', id: `e${id}`, at: id, action: 'click', user, item: 'i' }
}

async function beatsOf(state: State, user = 'u'): Promise<number | undefined> {
  return (await state.read([{ projection: pulse, key: user }])).get(pulse, user)
}

const silent = () => undefined

describe('journal', () => {
  it('writes to the log first, and shows what it wrote', async () => {
    const log = memoryLog()
    const state = await openState({ store: memoryStore(), ...folds })
    await using journal = openJournal({ log, state })
    await Promise.all([journal.record([click(1), click(2)]), journal.record([click(3)])])
    assert.equal(log.head, 3)
    assert.equal(await beatsOf(state), 3)
    assert.equal(journal.lag, 0)
  })

  it('folds what a crash left unfolded, and says how far it is', async () => {
    const log = memoryLog([click(1), click(2), click(3)])
    const state = await openState({ store: memoryStore(), ...folds })
    await using journal = openJournal({ log, state })
    const progress: number[][] = []
    assert.equal(journal.lag, 3)
    await journal.catchUp((folded, of) => progress.push([folded, of]))
    assert.equal(await beatsOf(state), 3)
    assert.deepEqual(progress.at(-1), [3, 3])
  })

  it('logs nothing that the log refused', async () => {
    const log = memoryLog()
    const full = { ...log, append: () => Promise.reject(new Error('disk full')) }
    const state = await openState({ store: memoryStore(), ...folds })
    const journal = openJournal({ log: full, state })
    await assert.rejects(journal.record([click(1)]), /disk full/)
    assert.equal(state.offset, 0)
  })

  it('takes nothing more once the state fell behind the log, so that nothing is logged twice', async () => {
    const log = memoryLog()
    const store = memoryStore()
    let reads = 0
    // The first read opens the state.
    const failing: Store = {
      ...store,
      get: (keys) => (reads++ === 1 ? Promise.reject(new Error('bad sector')) : store.get(keys)),
    }
    const state = await openState({ store: failing, ...folds })
    const journal = openJournal({ log, state })
    const unavailable = { code: 'unavailable', message: /opened anew.*bad sector/ }
    await assert.rejects(journal.record([click(1)]), unavailable)
    await assert.rejects(journal.record([click(1)]), unavailable)
    assert.equal(log.head, 1)

    const again = await openState({ store, ...folds })
    const next = openJournal({ log, state: again })
    await next.catchUp(silent)
    assert.equal(await beatsOf(again), 1)
    await next.record([click(2)])
    assert.equal(await beatsOf(again), 2)
  })

  it('writes a checkpoint soon, and tries again where one fails', async () => {
    const store = memoryStore()
    let refusals = 1
    const flaky: Store = {
      ...store,
      commit: (writes) =>
        refusals-- > 0 ? Promise.reject(new Error('disk full')) : store.commit(writes),
    }
    const state = await openState({ store: flaky, ...folds })
    const troubles: unknown[] = []
    const stored = new Promise<void>((resolve) => {
      const look = async (): Promise<void> => {
        const [bytes] = await store.get(['pulse/u'])
        if (bytes === undefined) setTimeout(() => void look(), 1)
        else resolve()
      }
      void look()
    })
    const onTrouble = (error: unknown) => void troubles.push(error)
    await using journal = openJournal({ log: memoryLog(), state, checkpointMs: 1, onTrouble })
    await journal.record([click(1)])
    await stored
    assert.match(String(troubles), /disk full/)
  })

  it('rests after a checkpoint as it took, within bounds', () => {
    assert.equal(restMs(0, 1_000), 1_000)
    assert.equal(restMs(300, 1_000), 2_700)
    assert.equal(restMs(60_000, 1_000), 5_000)
    assert.equal(restMs(60_000, 1_000_000), 1_000_000)
  })

  it('stops catching up when it is told to', async () => {
    const state = await openState({ store: memoryStore(), ...folds })
    const journal = openJournal({ log: memoryLog([click(1)]), state })
    const stopped = AbortSignal.abort(new Error('enough'))
    await assert.rejects(journal.catchUp(silent, stopped), /enough/)
  })
})

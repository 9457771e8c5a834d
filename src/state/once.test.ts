import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Event } from '../events/event.ts'
import type { EventLog } from '../events/log/event-log.ts'
import { memoryLog } from '../events/log/memory-log.ts'
import { collect } from '../events/log/samples.ts'
import { openState } from './folded-state.ts'
import { openJournal } from './journal.ts'
import { openOnce } from './once.ts'
import { eventIds } from './projections/event-ids.ts'
import { memoryStore } from './store/memory-store.ts'
import type { Store } from './store/store.ts'

function click(id: string): Event {
  return { type: 'action', id, at: 1, action: 'click', user: 'u', item: 'i' }
}

async function door(log: EventLog, store: Store = memoryStore()) {
  const state = await openState({ store, projections: [eventIds], tables: [] })
  const journal = openJournal({ log, state })
  const once = await openOnce(state, journal)
  await journal.catchUp(() => undefined)
  return { once, state }
}

async function idsIn(log: EventLog): Promise<readonly (string | undefined)[]> {
  return (await collect(log.read(0))).map(({ event }) => event?.id)
}

/** A log whose appends wait until they are let through, one after the other. */
function gated(log: EventLog) {
  const waiting: (() => void)[] = []
  return {
    log: {
      ...log,
      get head() {
        return log.head
      },
      append: async (events: readonly Event[]) => {
        await new Promise<void>((resolve) => waiting.push(resolve))
        return log.append(events)
      },
    },
    letThrough: () => waiting.shift()?.(),
  }
}

describe('once', () => {
  it('records an id once, within one call, over calls, and after a restart', async () => {
    const log = memoryLog()
    const store = memoryStore()
    const first = await door(log, store)
    const calls = [click('a'), click('b'), click('a')]
    assert.deepEqual(await first.once.record(calls), ['new', 'new', 'repeated'])
    assert.deepEqual(await first.once.record([click('b'), click('c')]), ['repeated', 'new'])
    await first.state.checkpoint()
    assert.deepEqual(await first.once.record([click('d')]), ['new'])

    // The last event is in the log and not in the checkpoint, as after a kill.
    const second = await door(log, store)
    const sentAgain = ['a', 'd', 'e'].map(click)
    assert.deepEqual(await second.once.record(sentAgain), ['repeated', 'repeated', 'new'])
    assert.deepEqual(await idsIn(log), ['a', 'b', 'c', 'd', 'e'])
  })

  it('tells nobody that an event is repeated before it is durable', async () => {
    const log = memoryLog()
    const gate = gated(log)
    const { once } = await door(gate.log)
    const told: string[] = []
    const first = once.record([click('a')]).then((fates) => told.push(`first ${fates}`))
    const second = once.record([click('a')]).then((fates) => told.push(`second ${fates}`))
    await new Promise(setImmediate)
    assert.deepEqual(told, [])
    gate.letThrough()
    await Promise.all([first, second])
    assert.deepEqual(told.sort(), ['first new', 'second repeated'])
    assert.deepEqual(await idsIn(log), ['a'])
  })

  it('forgets an event that the log refused: it may be sent again', async () => {
    const log = memoryLog()
    let refuses = true
    const refusing: EventLog = {
      ...log,
      get head() {
        return log.head
      },
      append: (events) => (refuses ? Promise.reject(new Error('disk full')) : log.append(events)),
    }
    const { once } = await door(refusing)
    const both = [once.record([click('a')]), once.record([click('a')])]
    for (const fate of await Promise.allSettled(both)) assert.equal(fate.status, 'rejected')
    refuses = false
    assert.deepEqual(await once.record([click('a')]), ['new'])
  })
})

import assert from 'node:assert/strict'
import { it } from 'node:test'
import { manualClock } from '../../events/clock.ts'
import type { Event } from '../../events/event.ts'
import type { EventLog } from '../../events/log/event-log.ts'
import { memoryLog } from '../../events/log/memory-log.ts'
import { collect } from '../../events/log/samples.ts'
import { openState } from '../../state/folded-state.ts'
import { openJournal } from '../../state/journal.ts'
import { aliasView } from '../../state/projections/aliases.ts'
import { act, merge } from '../../state/projections/value-after.suite.ts'
import { memoryStore } from '../../state/store/memory-store.ts'
import { folds } from '../folds.ts'
import { people } from './people.ts'

async function house(past: readonly Event[], logFor = (log: EventLog): EventLog => log) {
  const log = memoryLog()
  const state = await openState({ store: memoryStore(), ...folds })
  const journal = openJournal({ log, state })
  const aliases = await aliasView(state)
  await journal.record(past)
  let lastId = 0
  const persons = people({
    queue: { alone: (_user, work) => work() },
    ...{ state, journal, aliases, log: logFor(log) },
    clock: manualClock(1_700_000_000_000),
    newId: () => `made-up-${lastId++}`,
    traces: {
      keep: () => undefined,
      find: async () => undefined,
      span: () => undefined,
      forget: async () => 2,
      [Symbol.asyncDispose]: async () => undefined,
    },
    retention: { forget: async () => undefined },
    lakeStream: { forget: async (users) => ({ rows: users.size, files: 0 }) },
    markModels: async () => ['ranker'],
    itemViews: async () => new Map(),
  })
  const idsInLog = async () => (await collect(log.read(0))).map(({ event }) => event?.id)
  return { ...persons, journal, idsInLog }
}

const profile: Event = {
  ...{ type: 'user', id: 'profile', at: 1, user: 'ann' },
  attributes: { city: { text: 'Bern' } },
}

it('tells of a person the same whichever of their names is asked for', async () => {
  const clicks = [act('visitor', 'click', 'a', { id: 'e1' }), act('ann', 'like', 'b', { id: 'e2' })]
  const { exportUser, history } = await house([
    clicks[0]!,
    profile,
    merge('visitor', 'ann'),
    clicks[1]!,
  ])
  const told = await exportUser('ann')
  assert.deepEqual(told.attributes, { city: 'Bern' })
  assert.equal(told.events.length, 4)
  const { user, ...other } = await exportUser('visitor')
  assert.equal(user, 'visitor')
  assert.deepEqual({ user: 'ann', ...other }, told)
  assert.deepEqual(await history('visitor', 1), [{ item: 'b', action: 'like', at: 1 }])
})

it('erases what was said before the erasure, and not what is said while it goes on', async () => {
  let during = async (): Promise<void> => undefined
  const { eraseUser, journal, idsInLog, exportUser } = await house(
    [act('ann', 'click', 'a', { id: 'e1' }), act('bob', 'click', 'a', { id: 'e2' })],
    (log) => ({ ...log, erase: async (names) => during().then(() => log.erase(names)) }),
  )
  during = () => journal.record([act('ann', 'click', 'b', { id: 'e3' })])
  const receipt = await eraseUser('ann')
  const { eventsErased, stateRemoved, modelsMarked } = receipt
  assert.deepEqual(await idsInLog(), [undefined, 'e2', undefined, 'e3'])
  assert.equal(eventsErased, 1)
  assert.ok(stateRemoved.includes('2 traces'))
  assert.deepEqual(modelsMarked, ['ranker'])
  assert.equal(receipt.lakeRowsErased, 1)
  // The state agrees with the log: a replay of it gives the same.
  const { state } = await exportUser('ann')
  assert.deepEqual(state['deeds'], [{ item: 'b', action: 'click', value: null, at: 1 }])
})

it('erases a person under all of their names', async () => {
  const { eraseUser, idsInLog } = await house([
    act('visitor', 'click', 'a', { id: 'e1' }),
    merge('visitor', 'ann'),
    act('ann', 'click', 'a', { id: 'e2' }),
    act('bob', 'click', 'a', { id: 'e3' }),
  ])
  assert.equal((await eraseUser('visitor')).eventsErased, 3)
  const left = (await idsInLog()).filter((id) => id !== undefined)
  assert.deepEqual(left, ['e3'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event, Json } from '../../events/event.ts'
import { defaultSignals } from '../../events/signals.ts'
import { openState } from '../folded-state.ts'
import { memoryStore } from '../store/memory-store.ts'
import { parameters, signalsInForce, signalsNeed } from './parameters.ts'
import { valueAfter } from './value-after.suite.ts'

function set(name: string, value: Json, at: number): Event {
  return { type: 'parameter', id: `p${at}`, at, name, value, by: `operator ${at}` }
}

test('the newest value is in force, and those before it are told, newest first', async () => {
  const events = [
    set('p', 'one', 1),
    set('q', 'other', 2),
    set('p', { two: 2 }, 3),
    set('p', null, 4),
  ]
  assert.deepEqual(await valueAfter(parameters, events, 'p'), {
    ...{ value: null, version: 3, at: 4, by: 'operator 4' },
    before: [
      { value: { two: 2 }, at: 3, by: 'operator 3' },
      { value: 'one', at: 1, by: 'operator 1' },
    ],
  })
})

test('of many values the last fifty are told', async () => {
  const events = Array.from({ length: 60 }, (_, at) => set('p', at, at))
  const { before, version } = (await valueAfter(parameters, events, 'p'))!
  assert.deepEqual([version, before.length, before[0]!.value], [60, 50, 58])
})

test('signals are those declared, until an operator says otherwise', async () => {
  const state = await openState({ store: memoryStore(), projections: [parameters], tables: [] })
  assert.equal(signalsInForce(await state.read(signalsNeed)), defaultSignals)
  await state.fold(0, [set('signals', { click: { weight: 5 } }, 1)])
  assert.deepEqual(signalsInForce(await state.read(signalsNeed)), { click: { weight: 5 } })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event, Json } from '../events/event.ts'
import { openState } from './folded-state.ts'
import { parameterView } from './parameter-view.ts'
import { parameters } from './projections/parameters.ts'
import { memoryStore } from './store/memory-store.ts'

function set(name: string, value: Json): Event {
  return { type: 'parameter', id: `${name} ${JSON.stringify(value)}`, at: 1, name, value, by: 'op' }
}

test('the view knows what was set before it was opened, and hears of what is set later', async () => {
  const store = memoryStore()
  const state = await openState({ store, projections: [parameters], tables: [] })
  await state.fold(0, [set('a', 1), set('b', 'old')])
  await state.checkpoint()
  const view = await parameterView(state)
  assert.deepEqual([view.get('a'), view.get('b'), view.get('c')], [1, 'old', undefined])
  await state.fold(2, [set('b', null), set('c', { d: [] })])
  assert.deepEqual([view.get('b'), view.get('c')], [null, { d: [] }])
})

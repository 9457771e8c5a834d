import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../events/event.ts'
import { openState } from '../folded-state.ts'
import { memoryStore } from '../store/memory-store.ts'
import { aliases, aliasView } from './aliases.ts'
import { erase, keysAfter, merge } from './value-after.suite.ts'

async function viewAfter(before: readonly Event[], after: readonly Event[]) {
  const store = memoryStore()
  const state = await openState({ store, projections: [aliases], tables: [] })
  await state.fold(0, before)
  await state.checkpoint()
  const view = await aliasView(state)
  await state.fold(before.length, after)
  return view
}

test('an alias leads to the user at the end of the chain, whoever is asked', async () => {
  const view = await viewAfter([merge('a', 'b')], [merge('b', 'c')])
  assert.deepEqual(['a', 'b', 'c', 'other'].map(view.resolve), ['c', 'c', 'c', 'other'])
})

test('a user merged into themselves is nobody else', async () => {
  assert.equal((await viewAfter([], [merge('a', 'a')])).resolve('a'), 'a')
  assert.deepEqual(await keysAfter(aliases, [merge('a', 'a')]), [])
})

test('a circle in an old log ends the search, and not the process', async () => {
  const view = await viewAfter([merge('a', 'b'), merge('b', 'a')], [])
  assert.ok(['a', 'b'].includes(view.resolve('a')))
})

test('erasing a user forgets who they were merged from', async () => {
  const view = await viewAfter([merge('a', 'b'), merge('x', 'y')], [erase('b')])
  assert.deepEqual(['a', 'x'].map(view.resolve), ['a', 'y'])
})

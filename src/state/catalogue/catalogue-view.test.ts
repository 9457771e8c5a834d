import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event, ItemRecord } from '../../events/event.ts'
import { openState } from '../folded-state.ts'
import { items } from '../projections/items.ts'
import { schema } from '../projections/schema.ts'
import { memoryStore } from '../store/memory-store.ts'
import { catalogueView } from './catalogue-view.ts'

const folds = { projections: [schema, items], tables: [] }

function put(item: string, record: Partial<ItemRecord>, at = 1_000): Event {
  return {
    type: 'item',
    id: `${item}@${at}`,
    at,
    item,
    record: { attributes: {}, channels: [], ...record },
  }
}

test('a view that is loaded while events are folded keeps what is newer', async () => {
  const store = memoryStore()
  const before = await openState({ store, ...folds })
  await before.fold(0, [
    put('a', { attributes: { year: { number: 1990 } } }),
    put('b', { attributes: { year: { number: 1991 } } }),
  ])
  await before.checkpoint()

  const state = await openState({ store, ...folds })
  const view = catalogueView(state)
  const loading = view.load()
  await state.fold(2, [put('a', { attributes: { year: { number: 2020 } } })])
  await loading
  assert.deepEqual([...view.numbers('year')!.subarray(0, view.size)], [2020, 1991])
})

test('numbers and vectors reach as far as ordinals do, described or not', async () => {
  const state = await openState({ store: memoryStore(), ...folds })
  const view = catalogueView(state)
  await state.fold(0, [
    put('a', { attributes: { year: { number: 1990 }, taste: { vector: [1, 2] } } }),
    ...Array.from({ length: 40 }, (_, index): Event => {
      const [id, item] = [`c${index}`, `unknown-${index}`]
      return { type: 'action', id, at: 1, action: 'click', user: 'u', item }
    }),
  ])
  assert.equal(view.size, 41)
  assert.ok(Number.isNaN(view.numbers('year')![40]))
  assert.equal(view.vectors('taste')!.data[81], 0)
  assert.equal(view.vectors('taste')!.has(40), false)
  assert.equal(view.servable(40, 1_000), false)
  assert.ok(Number.isNaN(view.availableFrom(40)))
})

test('the count of servable items follows windows as they open and close', async () => {
  const state = await openState({ store: memoryStore(), ...folds })
  const view = catalogueView(state)
  await state.fold(0, [
    put('always', {}),
    put('later', { availableFrom: 5_000 }),
    put('until', { availableUntil: 7_000 }),
  ])
  const counts = [1_000, 4_999, 6_000, 7_500, 2_000].map((at) => view.servableCount(at))
  assert.deepEqual(counts, [2, 2, 3, 2, 2])
})

test('a state that folds items before their schema is refused', async () => {
  const projections = [items, schema]
  const state = await openState({ store: memoryStore(), projections, tables: [] })
  catalogueView(state)
  const fold = state.fold(0, [put('a', { attributes: { year: { number: 1 } } })])
  await assert.rejects(fold, /\[internal\] attribute year of item a came before its schema/)
})

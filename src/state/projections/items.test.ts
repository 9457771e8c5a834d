import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event, ItemRecord } from '../../events/event.ts'
import { openState } from '../folded-state.ts'
import { memoryStore } from '../store/memory-store.ts'
import { items, type StoredItem } from './items.ts'

const record = (year: number): ItemRecord => ({
  attributes: { year: { number: year } },
  channels: [],
})

async function folded(events: readonly Event[]): Promise<StoredItem | undefined> {
  const state = await openState({ store: memoryStore(), projections: [items], tables: [] })
  await state.fold(0, events)
  return (await state.read([{ projection: items, key: 'a' }])).get(items, 'a')
}

const put = (at: number): Event => ({
  type: 'item',
  id: `p${at}`,
  at,
  item: 'a',
  record: record(at),
})
const withdraw = (at: number): Event => ({ type: 'withdraw', id: `w${at}`, at, item: 'a' })

test('the newest record of an item is in force', async () => {
  const stored = { record: record(2), withdrawn: false, firstAt: 1, changedAt: 2 }
  assert.deepEqual(await folded([put(1), put(2)]), stored)
})

test('a withdrawn item keeps its record, and comes back when it is put again', async () => {
  const withdrawn = { record: record(1), withdrawn: true, firstAt: 1, changedAt: 2 }
  assert.deepEqual(await folded([put(1), withdraw(2)]), withdrawn)
  const back = { record: record(3), withdrawn: false, firstAt: 1, changedAt: 3 }
  assert.deepEqual(await folded([put(1), withdraw(2), put(3)]), back)
})

test('the withdrawal of an item that nobody described leaves nothing', async () => {
  assert.equal(await folded([withdraw(1)]), undefined)
})

test('a stored item survives its encoding', () => {
  const stored = { record: record(1), withdrawn: true, firstAt: 1, changedAt: 2 }
  assert.deepEqual(items.decode(items.encode(stored)), stored)
})

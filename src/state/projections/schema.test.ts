import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Attributes, Event } from '../../events/event.ts'
import { openState } from '../folded-state.ts'
import { memoryStore } from '../store/memory-store.ts'
import { type AttributeSchema, schema } from './schema.ts'

async function folded(...records: Attributes[]): Promise<Record<string, AttributeSchema>> {
  const state = await openState({ store: memoryStore(), projections: [schema], tables: [] })
  const events = records.map((attributes, at): Event => {
    const record = { attributes, channels: [] }
    return { type: 'item', id: `e${at}`, at, item: `i${at}`, record }
  })
  await state.fold(0, events)
  await state.checkpoint()
  const found: Record<string, AttributeSchema> = {}
  for await (const [key, value] of state.scan(schema)) found[key] = value
  return found
}

test('the first item that has an attribute fixes its type and its dimensions', async () => {
  const found = await folded(
    { year: { number: 1990 } },
    { year: { text: '1990' }, taste: { vector: [1, 2] } },
    { taste: { vector: [1, 2, 3] } },
  )
  assert.deepEqual(found, {
    year: { type: 'number', firstItem: 'i0', firstOffset: 0 },
    taste: { type: 'vector', dimensions: 2, firstItem: 'i1', firstOffset: 1 },
  })
})

test('an attribute called channels has no schema: the name belongs to the record', async () => {
  assert.deepEqual(await folded({ channels: { tags: ['18'] } }), {})
})

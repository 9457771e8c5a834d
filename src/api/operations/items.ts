/** The catalogue: putting, reading and taking away items. */
import { Type } from '@sinclair/typebox'
import type { Json } from '../../events/event.ts'
import { operation } from '../operation.ts'
import { id, input, judged, mapOf, message, time } from '../schema.ts'
import { tracked } from './events.ts'

/** A value as JSON spells it: what kind it is follows from its form. */
export const attributeValue = Type.Unsafe<Json>({
  title: 'AttributeValue',
  description:
    'A number or boolean, a text, tags, a vector, a geo point. A text that is a full ISO 8601 ' +
    'date-time is a time, unless it is given as {text}.',
  anyOf: [
    { type: 'number' },
    { type: 'boolean' },
    { type: 'string' },
    { type: 'array', items: { type: 'string' } },
    { type: 'array', items: { type: 'number' } },
    {
      type: 'object',
      properties: { latitude: { type: 'number' }, longitude: { type: 'number' } },
      required: ['latitude', 'longitude'],
    },
    { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
  ],
})

const itemId = id('The id of an item.')
const channel = Type.String({ description: 'The name of a channel.' })
const availableFrom = time('The first moment it may be shown.')
const availableUntil = time('The first moment it may no longer be shown.')

/** What an item is, apart from its id. An attribute that is left out is taken away. */
const record = {
  attributes: judged(Type.Optional(mapOf(attributeValue))),
  channels: judged(Type.Optional(Type.Array(channel))),
  availableFrom: judged(Type.Optional(availableFrom)),
  availableUntil: judged(Type.Optional(availableUntil)),
}

export const itemView = message('ItemView', {
  id: itemId,
  attributes: mapOf(attributeValue),
  channels: Type.Array(channel),
  availableFrom: Type.Optional(availableFrom),
  availableUntil: Type.Optional(availableUntil),
  withdrawn: Type.Boolean({ description: 'True where it was taken away.' }),
})

const itemInput = message('ItemInput', { id: itemId, ...record })

export const putItem = operation({
  method: 'PUT',
  path: '/v1/items/{id}',
  scope: 'ingest',
  summary: 'Puts an item as a whole: what the record lacks, the item lacks.',
  input: input({ id: itemId, ...record }),
  answer: tracked,
})

export const getItem = operation({
  method: 'GET',
  path: '/v1/items/{id}',
  scope: 'serve',
  summary: 'The item as it is known now.',
  input: input({ id: itemId }),
  answer: itemView,
})

export const deleteItem = operation({
  method: 'DELETE',
  path: '/v1/items/{id}',
  scope: 'ingest',
  summary: 'Withdraws an item: it is served no more until it is put again.',
  input: input({ id: itemId }),
  answer: message('Withdrawal', { id: itemId, withdrawn: Type.Boolean() }),
})

export const putItems = operation({
  method: 'POST',
  path: '/v1/items:batch',
  scope: 'ingest',
  summary: 'Puts many items; each is judged by itself.',
  input: input({ items: Type.Array(judged(itemInput), { maxItems: 10_000 }) }),
  answer: tracked,
})

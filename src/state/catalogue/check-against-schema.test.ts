import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Attributes } from '../../events/event.ts'
import type { AttributeSchema } from '../projections/schema.ts'
import { checkAgainstSchema } from './check-against-schema.ts'

const schema = new Map<string, AttributeSchema>([
  ['year', { type: 'number', firstItem: '1', firstOffset: 0 }],
  ['taste', { type: 'vector', dimensions: 64, firstItem: '2', firstOffset: 1 }],
])

const check = (attributes: Attributes) => () =>
  checkAgainstSchema({ attributes, channels: [] }, schema)

test('a record fits that has the same types, or attributes that are new', () => {
  assert.doesNotThrow(check({ year: { number: 1990 }, taste: { vector: Array(64).fill(0) } }))
  assert.doesNotThrow(check({ title: { text: 'new' }, constructor: { number: 1 } }))
})

test('another type is refused with both types and where the first came from', () => {
  assert.throws(check({ year: { text: '1990' } }), {
    code: 'invalid_argument',
    field: 'attributes.year',
    message:
      '[invalid_argument] attributes.year is text here, but the catalogue has it as a number ' +
      '(first seen in item "1")',
  })
})

test('a vector of another length is refused', () => {
  assert.throws(check({ taste: { vector: [1, 2, 3] } }), {
    field: 'attributes.taste',
    message: /taste has 3 dimensions here, but 64 in the catalogue \(first seen in item "2"\)/,
  })
})

test('no attribute may be called channels', () => {
  assert.throws(check({ channels: { tags: ['18'] } }), { field: 'attributes.channels' })
})

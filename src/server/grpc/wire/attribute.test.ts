import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeItem, encodeAttributes } from '../../../events/decode.ts'
import { fromWireAttribute, toWireAttribute, type WireAttribute } from './attribute.ts'

const values: readonly WireAttribute[] = [
  { kind: 'number', number: 0 },
  { kind: 'text', text: '' },
  { kind: 'text', text: '2024-05-01T00:00:00.000Z' },
  { kind: 'tags', tags: { values: ['a', 'b'] } },
  { kind: 'tags', tags: { values: [] } },
  { kind: 'time_ms', time_ms: 1_714_521_600_123 },
  { kind: 'geo', geo: { latitude: 0, longitude: -180 } },
  { kind: 'vector', vector: { values: [0, 0.1, -3] } },
]

test('every type goes through the door and comes back as the same type', () => {
  for (const value of values) {
    const { record } = decodeItem({ id: 'a', attributes: { x: fromWireAttribute(value) } }, 0)
    const plain = encodeAttributes(record.attributes)['x']
    assert.deepEqual({ kind: value.kind, ...toWireAttribute(plain ?? null) }, value)
  }
})

test('a value without a type is refused by the door', () => {
  const empty = fromWireAttribute({})
  assert.throws(() => decodeItem({ id: 'a', attributes: { x: empty } }, 0), {
    field: 'attributes.x',
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../../events/event.ts'
import { fromWireValue, toWireValue, type WireValue } from './json-value.ts'

/** What protobuf adds on the way: the name of the member that is set. */
function travelled(value: WireValue): WireValue {
  const [kind = ''] = Object.keys(value)
  const values = value.listValue?.values?.map(travelled)
  const fields = Object.entries(value.structValue?.fields ?? {}).map(([name, of]) => [
    name,
    travelled(of),
  ])
  return {
    ...value,
    kind,
    ...(values && { listValue: { values } }),
    ...(value.structValue && { structValue: { fields: Object.fromEntries(fields) } }),
  }
}

test('any JSON value comes back as it was', () => {
  const value: Json = { a: [1, -0.5, 'text', '', true, false, null, [], {}], b: { c: { d: [[]] } } }
  assert.deepEqual(fromWireValue(travelled(toWireValue(value))), value)
})

test('a value in which nothing is set is null', () => {
  assert.equal(fromWireValue({}), null)
})

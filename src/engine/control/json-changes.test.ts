import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Json } from '../../events/event.ts'
import { jsonChanges } from './json-changes.ts'

describe('the changes from one value to another', () => {
  it('are told by their places', () => {
    const before = { hot: { hours: 3, on: true }, pins: { home: [{ item: 'a' }, { item: 'b' }] } }
    const after = { hot: { hours: 6, on: true }, pins: { home: [{ item: 'a' }] }, more: [1] }
    assert.deepEqual(jsonChanges(before, after), [
      { path: 'hot.hours', before: 3, after: 6 },
      { path: 'pins.home[1]', before: { item: 'b' } },
      { path: 'more', after: [1] },
    ])
    assert.deepEqual(jsonChanges(1, { a: 1 }), [{ path: '', before: 1, after: { a: 1 } }])
    assert.deepEqual(jsonChanges([1], { 0: 1 }), [{ path: '', before: [1], after: { 0: 1 } }])
    assert.deepEqual(jsonChanges(null, false), [{ path: '', before: null, after: false }])
    assert.deepEqual(jsonChanges({}, { toString: 1 }), [{ path: 'toString', after: 1 }])
  })

  const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>

  it('are none between equal values, and some between others', () => {
    const property = fc.property(json, json, (one, other) => {
      assert.deepEqual(jsonChanges(one, structuredClone(one)), [])
      const isSame = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
      assert.equal(jsonChanges(one, other).length === 0, isSame)
    })
    fc.assert(property, { numRuns: 500 })
  })

  it('are the same both ways', () => {
    const property = fc.property(json, json, (one, other) => {
      const back = jsonChanges(other, one).map(({ path, before, after }) => ({
        path,
        ...(after !== undefined && { before: after }),
        ...(before !== undefined && { after: before }),
      }))
      const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1)
      assert.deepEqual([...back].sort(byPath), [...jsonChanges(one, other)].sort(byPath))
    })
    fc.assert(property, { numRuns: 300 })
  })
})

/** With members in one order, so that equal values have equal texts. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).map(([key, member]) => [key, sorted(member)] as const)
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)))
}

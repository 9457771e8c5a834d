import assert from 'node:assert/strict'
import { it } from 'node:test'
import { placeOf, pretty, readValue, sideOf } from './value-text.ts'

it('reads what it writes', () => {
  for (const value of [0, 'a', null, [], { pins: { home: [{ item: '1', position: 0 }] } }]) {
    assert.deepEqual(readValue(pretty(value)), { value })
  }
})

it('says what is wrong with a text, and where', () => {
  const fault = (text: string) => {
    const read = readValue(text)
    return 'fault' in read ? read.fault : 'none'
  }
  assert.equal(fault('  '), 'a value is missing')
  assert.match(fault('{\n  "a": 1,\n  b: 2\n}'), /line 3, column 3$/)
  assert.doesNotMatch(fault('{"a": }'), /is not valid JSON/)
})

it('shows sides of a change shortly, and names its place', () => {
  assert.equal(sideOf(undefined), 'nothing')
  assert.equal(sideOf({ a: [1] }), '{"a":[1]}')
  assert(sideOf('x'.repeat(900)).length < 170)
  assert.equal(placeOf(''), 'the whole value')
  assert.equal(placeOf('trending'), 'trending')
})

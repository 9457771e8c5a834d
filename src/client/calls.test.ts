import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operations } from '../api/service.ts'
import { calls, isRepeatable } from './calls.ts'

test('the calls are those of the description, to the letter', () => {
  const described = operations.map(([name, { method, path }]) => [name, method, path])
  const called = Object.entries(calls).map(([name, [method, path]]) => [name, method, path])
  assert.deepEqual(called.sort(), described.sort())
})

test('what takes a page away, or is told by POST, is not asked again of its own accord', () => {
  for (const [name, { method, advances }] of operations) {
    assert.equal(isRepeatable(calls[name]), method !== 'POST' && advances !== true, name)
  }
})

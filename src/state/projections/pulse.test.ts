import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pulse } from './pulse.ts'
import { act, keysAfter, merge, valueAfter } from './value-after.suite.ts'

test('every deed is a beat; impressions and reorderings say nothing new, and are none', async () => {
  const silent = [act('u', 'impression', 'b'), act('u', 'rerank')]
  const events = [act('u', 'click', 'a'), ...silent, act('u', 'follow')]
  assert.equal(await valueAfter(pulse, events, 'u'), 2)
})

test('a merge adds what both did, and is a beat of its own', async () => {
  const deeds = [act('anon', 'click', 'a'), act('anon', 'like', 'a'), act('u', 'click', 'b')]
  const events = [...deeds, merge('anon', 'u')]
  assert.equal(await valueAfter(pulse, events, 'u'), 4)
  assert.deepEqual(await keysAfter(pulse, events), ['u'])
})

test('a user merged into themselves stays as they are', async () => {
  assert.equal(await valueAfter(pulse, [act('u', 'click', 'a'), merge('u', 'u')], 'u'), 1)
})

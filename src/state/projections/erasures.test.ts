import assert from 'node:assert/strict'
import { test } from 'node:test'
import { erasures, erasuresKey } from './erasures.ts'
import { act, erase, valueAfter } from './value-after.suite.ts'

test('the place of the last erasure is known, and nothing of whom it was', async () => {
  const events = [act('u', 'click', 'a'), erase('u'), act('v', 'click', 'a'), erase('v')]
  assert.equal(await valueAfter(erasures, events.slice(0, 1), erasuresKey), undefined)
  assert.equal(await valueAfter(erasures, events, erasuresKey), 3)
  assert.equal(Buffer.from(erasures.encode(3)).toString(), '3')
})

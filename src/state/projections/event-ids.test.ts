import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../events/event.ts'
import { hashText } from '../../kernel/hash.ts'
import { eventIds, eventIdWindow, newestId } from './event-ids.ts'
import type { Past } from './projection.ts'
import { act, offer, serve, valueAfter } from './value-after.suite.ts'

const nothing: Past = {
  ordinal: () => 0,
  get: () => undefined,
}

function changesAt(offset: number, event: Event) {
  return eventIds.changes({ offset, event }, nothing)
}

test('ids stand in the order of the log, as hashes', async () => {
  const events = [act('u', 'click', 'a', { id: 'one' }), act('u', 'click', 'a', { id: 'two' })]
  const words = await valueAfter(eventIds, events, '00000000')
  const [one, two] = [hashText('one'), hashText('two')]
  assert.deepEqual(words, [one.high, one.low, two.high, two.low])
  assert.deepEqual(newestId(words!), two)
})

test('what we write ourselves is sent by nobody, and not remembered', () => {
  assert.deepEqual(changesAt(0, serve('u', ['a'])), [])
  assert.deepEqual(changesAt(0, offer('u', ['a'])), [])
})

test('rows are cut by offset, and the oldest goes when the window has passed it', () => {
  const keysAt = (offset: number) => changesAt(offset, act('u', 'click')).map(([key]) => key)
  assert.deepEqual(keysAt(4_095), ['00000000'])
  assert.deepEqual(keysAt(4_096), ['00000001'])
  assert.deepEqual(keysAt(eventIdWindow - 1), ['000003ff'])
  assert.deepEqual(changesAt(eventIdWindow, act('u', 'click'))[1], ['00000000', 'drop'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OfferedEvent, QueueEntry } from '../event.ts'
import { eventOf, eventText } from './event-text.ts'

const run = { run: 'r1', model: 'ranker/1', expiresAt: 9 }
const entries: readonly QueueEntry[] = [
  { item: 'a', score: 0.1, sources: ['fresh'], ...run },
  { item: '9007199254740993', score: -1e-7, sources: ['fresh', 'popular'], ...run },
  { item: 'c', score: 0, sources: [], ...run, expiresAt: 8 },
  { item: 'a', score: 1, sources: ['fresh'], ...run, run: 'r2' },
]

function offered(entries: readonly QueueEntry[]): OfferedEvent {
  const feed = { user: 'ann', scene: 'home', channel: '', writer: 'feed' }
  return { type: 'offered', id: 'e1', at: 1, ...feed, entries, replace: true, pulse: 0 }
}

test('entries come back as they were, also those that have nothing in common', () => {
  for (const some of [entries, entries.slice(0, 1), []]) {
    assert.deepEqual(eventOf(eventText(offered(some))), offered(some))
  }
})

test('a log that spells every entry out is still read', () => {
  assert.deepEqual(eventOf(JSON.stringify(offered(entries))), offered(entries))
})

test('what entries have in common is said once', () => {
  const many = Array.from({ length: 200 }, (_, place) => ({ ...entries[0]!, item: `i${place}` }))
  const spelt = JSON.stringify(offered(many)).length
  assert(eventText(offered(many)).length < spelt / 5, `${eventText(offered(many)).length} ${spelt}`)
})

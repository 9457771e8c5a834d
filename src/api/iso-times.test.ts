import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isoTimes } from './iso-times.ts'
import { service } from './service.ts'

test('the times of a page become ISO 8601, at every depth, and nothing else changes', () => {
  const item = { id: 'a', attributes: {}, channels: [], availableFrom: 0, withdrawn: false }
  const page = { servedAt: 1_714_521_600_000, items: [{ id: 'a', item }, { id: 'b' }], older: null }
  const spelt = isoTimes(service.feed.answer)(page)
  assert.deepEqual(spelt, {
    servedAt: '2024-05-01T00:00:00.000Z',
    items: [{ id: 'a', item: { ...item, availableFrom: '1970-01-01T00:00:00.000Z' } }, { id: 'b' }],
    older: null,
  })
  assert.equal(page.servedAt, 1_714_521_600_000)
})

test('an answer without a time is not copied', () => {
  const answer = { accepted: 1, duplicates: 0, rejected: [] }
  assert.equal(isoTimes(service.track.answer)(answer), answer)
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { spanBounds, spanOf } from './span.ts'

const now = Date.UTC(2026, 10, 22, 12)

describe('a span', () => {
  it('is coarser the longer ago', () => {
    assert.equal(spanOf(Date.UTC(2026, 10, 22, 11, 59), now), 'hour=2026112211')
    assert.equal(spanOf(Date.UTC(2026, 10, 21), now), 'hour=2026112100')
    assert.equal(spanOf(Date.UTC(2026, 10, 20, 23, 59), now), 'day=20261120')
    assert.equal(spanOf(Date.UTC(2026, 9, 1), now), 'day=20261001')
    assert.equal(spanOf(Date.UTC(2026, 8, 30, 23), now), 'month=202609')
    assert.equal(spanOf(Date.UTC(2025, 0, 1), now), 'month=202501')
    assert.equal(spanOf(Date.UTC(2024, 11, 31, 23), now), 'year=2024')
    assert.equal(spanOf(Date.UTC(1996, 1, 2), now), 'year=1996')
    assert.equal(spanOf(Date.parse('0001-01-01T00:00:00Z'), now), 'year=0001')
    assert.equal(spanOf(now + 86_400_000 * 400, now), 'hour=2027122712')
  })

  it('knows its bounds, and lies whole within a coarser one later', () => {
    for (const [span, from, until] of [
      ['hour=2026112223', Date.UTC(2026, 10, 22, 23), Date.UTC(2026, 10, 23)],
      ['day=20261231', Date.UTC(2026, 11, 31), Date.UTC(2027, 0, 1)],
      ['month=202402', Date.UTC(2024, 1, 1), Date.UTC(2024, 2, 1)],
      ['year=1999', Date.UTC(1999, 0, 1), Date.UTC(2000, 0, 1)],
    ] as const) {
      assert.deepEqual(spanBounds(span), { from, until })
      for (const days of [2, 40, 300, 900]) {
        const later = Math.max(now, until) + days * 86_400_000
        assert.equal(spanOf(from, later), spanOf(until - 1, later), span)
      }
    }
    assert.equal(spanBounds('year=0001').from, Date.parse('0001-01-01T00:00:00Z'))
  })
})

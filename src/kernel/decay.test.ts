import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addDecayed, decayedAt } from './decay.ts'
import { seededRandom } from './random.ts'

const dayMs = 86_400_000
const start = 1_700_000_000_000

describe('decayed sum', () => {
  it('halves with each half-life', () => {
    const exponent = addDecayed(0, 3, start, dayMs)
    for (const [days, left] of [
      [0, 3],
      [1, 1.5],
      [2, 0.75],
      [-1, 6],
    ] as const) {
      assert.ok(Math.abs(decayedAt(exponent, start + days * dayMs, dayMs) - left) < 1e-9)
    }
  })

  it('is the sum of what is left of each part, in whatever order they came', () => {
    const random = seededRandom(3)
    const parts = Array.from({ length: 200 }, () => ({
      weight: 0.1 + random.next() * 5,
      at: start + random.below(30) * dayMs,
    }))
    const now = start + 31 * dayMs
    const expected = parts.reduce(
      (sum, { weight, at }) => sum + weight * 2 ** ((at - now) / dayMs),
      0,
    )
    for (const order of [parts, [...parts].reverse()]) {
      let exponent = 0
      for (const { weight, at } of order) exponent = addDecayed(exponent, weight, at, dayMs)
      assert.ok(Math.abs(decayedAt(exponent, now, dayMs) / expected - 1) < 1e-6)
    }
  })

  it('compares as the faded sums do, at any time', () => {
    const hotter = addDecayed(0, 1, start + dayMs, dayMs)
    const older = addDecayed(0, 1.9, start, dayMs)
    assert.ok(hotter > older)
    for (const now of [start, start + 300 * dayMs]) {
      assert.ok(decayedAt(hotter, now, dayMs) > decayedAt(older, now, dayMs))
    }
  })

  it('begins as nothing, and does not overflow in a hundred years of short half-lives', () => {
    assert.equal(decayedAt(0, start, dayMs), 0)
    const minuteMs = 60_000
    const far = start + 100 * 365 * dayMs
    const exponent = addDecayed(addDecayed(0, 1, start, minuteMs), 1, far, minuteMs)
    assert.ok(Math.abs(decayedAt(exponent, far, minuteMs) - 1) < 1e-6)
  })
})

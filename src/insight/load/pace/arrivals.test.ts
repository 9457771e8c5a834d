import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import { arrivals } from './arrivals.ts'

test('arrivals are a Poisson process of the rate: counts of seconds vary as much as their mean', () => {
  const perSecond = 40
  const next = arrivals(perSecond, seededRandom('arrivals'))
  const counts = new Array<number>(5_000).fill(0)
  let before = 0
  for (let at = next(); at < counts.length * 1_000; at = next()) {
    assert.ok(at > before)
    before = at
    counts[Math.floor(at / 1_000)]! += 1
  }
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length
  // Standard errors over 5,000 seconds: 0.09 of the mean, 0.02 of the ratio.
  assert.ok(Math.abs(mean - perSecond) < 0.4, `mean ${mean}`)
  assert.ok(Math.abs(variance / mean - 1) < 0.1, `variance over mean ${variance / mean}`)
})

test('gaps have no memory: a share of e^-1 is longer than the mean, of e^-3 than three times that', () => {
  const next = arrivals(1_000, seededRandom('gaps'))
  let before = 0
  const gaps = Array.from({ length: 100_000 }, () => {
    const at = next()
    const gap = at - before
    before = at
    return gap
  })
  for (const times of [1, 3]) {
    const share = gaps.filter((gap) => gap > times).length / gaps.length
    assert.ok(Math.abs(share - Math.exp(-times)) < 0.006, `${share} beyond ${times}`)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fadingRate } from './fading-rate.ts'

const startMs = 1.7e12

test('a steady stream has its own rate, however long it has been counted', () => {
  const rate = fadingRate(startMs, 10_000)
  for (let step = 1; step <= 600; step++) {
    rate.add(50, startMs + step * 100)
    if (step < 20) continue
    const told = rate.perSecond(startMs + step * 100)
    assert.ok(Math.abs(told - 500) < 20, `${told} after ${step * 100} ms`)
  }
})

test('a rate halves with every half-life in which nothing comes', () => {
  const rate = fadingRate(startMs, 1_000)
  rate.add(8_000, startMs + 100_000)
  const before = rate.perSecond(startMs + 100_000)
  const after = rate.perSecond(startMs + 102_000)
  assert.ok(Math.abs(after / before - 0.25) < 1e-9)
})

test('nothing yet is no rate', () => {
  const rate = fadingRate(startMs, 1_000)
  rate.add(0, startMs)
  assert.equal(rate.perSecond(startMs), 0)
  assert.equal(rate.perSecond(startMs + 5_000), 0)
})

test('what is learned late is spread over the time in which it happened', () => {
  const [sudden, late] = [fadingRate(startMs, 10_000), fadingRate(startMs, 10_000)]
  for (let step = 1; step <= 36_000; step++) sudden.add(1, startMs + step * 100)
  late.spread(36_000, startMs, startMs + 3_600_000)
  const [one, other] = [sudden, late].map((rate) => rate.perSecond(startMs + 3_600_000))
  assert.ok(Math.abs(one! - 10) < 0.1 && Math.abs(other! - 10) < 0.1, `${one} and ${other}`)
})

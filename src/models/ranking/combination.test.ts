import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type CombinedHead, combined, formulaOf } from './combination.ts'

const heads = ['click', 'like', 'dwell']
const predictions = [
  Float32Array.of(0.5, 0.25),
  Float32Array.of(0.25, 0.01),
  Float32Array.of(3, -1),
]
const by = (...factors: readonly CombinedHead[]) => combined({ factors }, heads, predictions)

test('heads are multiplied as declared', () => {
  const found = by(
    { head: 'click', power: 1 },
    { head: 'like', power: 0.5 },
    { head: 'dwell', power: 2, plus: 1 },
  )
  assert.deepEqual(found, Float32Array.of(0.5 * 0.5 * 16, 0.25 * 0.1 * 1))
})

test('a head may count against a row, and nothing is divided by nothing', () => {
  assert.deepEqual(by({ head: 'click', power: -1 }), Float32Array.of(2, 4))
  assert.ok(by({ head: 'dwell', power: -1 }).every(Number.isFinite))
})

test('heads that have a price are summed, harm included', () => {
  const sum = [
    { head: 'like', weight: 4 },
    { head: 'dwell', weight: -0.5 },
  ]
  assert.deepEqual(combined({ sum }, heads, predictions), Float32Array.of(-0.5, 0.54))
  assert.equal(formulaOf({ sum }), '4 × like + -0.5 × dwell')
})

test('a formula reads as it is written down', () => {
  const factors = [
    { head: 'click', power: 1 },
    { head: 'like', power: 0.5 },
    { head: 'dwell', power: 0.3, plus: 1 },
  ]
  assert.equal(formulaOf({ factors }), 'click × like^0.5 × (1 + dwell)^0.3')
})

test('what can not be combined is refused', () => {
  const refused = (factors: readonly CombinedHead[], message: RegExp) =>
    assert.throws(() => by(...factors), { code: 'invalid_argument', message })
  refused([], /at least one head/)
  refused([{ head: 'share', power: 1 }], /"share" must be one of click, like, dwell/)
  refused([{ head: 'like', power: Number.NaN }], /power NaN must be finite/)
  refused([{ head: 'like', power: 1, plus: -1 }], /plus -1 must be finite and >= 0/)
  const twice = { head: 'like', power: 1 }
  refused([twice, twice], /factors\[1\].head "like" must be named once/)
  const sum = [{ head: 'share', weight: 1 }]
  assert.throws(() => combined({ sum }, heads, predictions), /sum\[0\].head "share" must be one of/)
  const endless = [{ head: 'like', weight: Number.POSITIVE_INFINITY }]
  assert.throws(() => combined({ sum: endless }, heads, predictions), /weight Infinity must be/)
})

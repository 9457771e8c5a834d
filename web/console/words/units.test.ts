import assert from 'node:assert/strict'
import { it } from 'node:test'
import { absent, inUnit, size, span, tick, whole } from './units.ts'

it('says numbers shortly, each unit in its own way', () => {
  assert.deepEqual(
    [0, 7, 1_234, 12_345, 8_100_000, 2.345].map((value) => inUnit(value, 'count')),
    ['0', '7', '1,234', '12.3K', '8.1M', '2.35'],
  )
  assert.equal(inUnit(0.12345, 'share'), '12.3 %')
  assert.equal(inUnit(1, 'share'), '100 %')
  assert.equal(inUnit(0.000_44, 'number'), '0.00044')
  assert.equal(inUnit(90, 'seconds'), '1.5 min')
  assert.equal(inUnit(undefined, 'ms'), absent)
  assert.equal(inUnit(Number.NaN, 'count'), absent)
  assert.equal(whole(456.7), '457')
})

it('says spans and sizes in the unit that fits', () => {
  const spans = [0.42, 310, 2_500, 180_000, 15_000_000, 518_400_000].map(span)
  assert.deepEqual(spans, ['0.42 ms', '310 ms', '2.5 s', '3 min', '4.17 h', '6 d'])
  assert.deepEqual([0, 999, 31_400, 2e9].map(size), ['0 B', '999 B', '31.4 kB', '2 GB'])
})

it('labels an axis with what its ticks differ in', () => {
  const at = new Date(2026, 10, 22, 14, 3, 20).getTime()
  assert.equal(tick(at, 10_000), '14:03:20')
  assert.equal(tick(at, 600_000), '14:03')
  assert.equal(tick(at, 86_400_000), '22 Nov')
  assert.equal(tick(new Date(2026, 10, 22).getTime(), 3_600_000), '22 Nov')
})

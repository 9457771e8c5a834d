import assert from 'node:assert/strict'
import { test } from 'node:test'
import { durationOption, momentOption } from './time-option.ts'

test('a duration is a number and a unit', () => {
  const of = (step: string) => durationOption({ step }, 'step')
  assert.deepEqual(['90s', '30m', '1.5h', '7d', '4w'].map(of), [
    ...[90_000, 1_800_000, 5_400_000, 604_800_000, 2_419_200_000],
  ])
  assert.equal(durationOption({}, 'step'), undefined)
  for (const told of ['', '5', 'h', '-1h', '1 h', '1y', '9999999d']) {
    assert.throws(() => of(told), /step .* must be a number of seconds, minutes/)
  }
})

test('a moment is a duration before now, or a date', () => {
  const now = Date.UTC(2026, 6, 1)
  const of = (from: string) => momentOption({ from }, 'from', now)
  assert.equal(of('1h'), now - 3_600_000)
  assert.equal(of('2026-06-30'), now - 86_400_000)
  assert.equal(of('2026-06-30T23:00:00Z'), now - 3_600_000)
  for (const told of ['yesterday', '7', '01/02/2026', '2026-13-01']) {
    assert.throws(() => of(told), /from .* or a time such as/)
  }
})

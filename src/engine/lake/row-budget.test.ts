import assert from 'node:assert/strict'
import { it } from 'node:test'
import { manualClock } from '../../events/clock.ts'
import { rowBudget } from './row-budget.ts'

it('a rest saves rows up, as far as may be taken at once', () => {
  const clock = manualClock(0)
  const budget = rowBudget(clock, 10, 100)
  assert.equal(budget.take(60), true)
  assert.equal(budget.take(60), false)
  assert.equal(budget.take(40), true)
  clock.advance(2_500)
  assert.equal(budget.take(26), false)
  assert.equal(budget.take(25), true)
  clock.advance(3_600_000)
  assert.equal(budget.take(101), false)
  assert.equal(budget.take(100), true)
})

it('a clock that is put back takes nothing away', () => {
  const clock = manualClock(10_000)
  const budget = rowBudget(clock, 10, 100)
  clock.set(0)
  assert.equal(budget.take(100), true)
})

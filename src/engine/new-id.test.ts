import assert from 'node:assert/strict'
import { it } from 'node:test'
import { manualClock } from '../events/clock.ts'
import { tokenSeal } from '../feed/tracking/token.ts'
import { seededRandom } from '../kernel/random.ts'
import { idMaker } from './new-id.ts'

it('ids differ, sort by the time they were made, and stand in a token', () => {
  const clock = manualClock(1_700_000_000_000)
  const newId = idMaker(clock, seededRandom('ids'))
  const ids = Array.from({ length: 5_000 }, (_, index) => {
    if (index % 5 === 0) clock.advance(1)
    return newId()
  })
  assert.equal(new Set(ids).size, ids.length)
  const times = ids.map((id) => id.slice(0, 9))
  assert.deepEqual(times, [...times].sort())
  assert.equal(new Set(ids.map((id) => id.length)).size, 1)
  const seal = tokenSeal(new Uint8Array(32))
  assert.equal(seal.open(seal.page(ids[0]!)(7))?.request, ids[0])
})

it('ids of a distant year sort behind those of today', () => {
  const clock = manualClock(Date.UTC(2026, 0, 1))
  const newId = idMaker(clock, seededRandom('ids'))
  const today = newId()
  clock.set(Date.UTC(3000, 0, 1))
  assert.ok(newId() > today)
})

it('ids of a clock that counts fractions stand in a token all the same', () => {
  const id = idMaker(manualClock(1_700_000_000_000.5), seededRandom('ids'))()
  const seal = tokenSeal(new Uint8Array(32))
  assert.equal(seal.open(seal.page(id)(0))?.request, id)
})

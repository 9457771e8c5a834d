import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paceOf } from './pace.ts'
import { periods } from './periods.ts'

function takenIn(pace: ReturnType<typeof paceOf>, now: number): number {
  let taken = 0
  while (pace.isFree(now)) {
    pace.take()
    taken++
  }
  return taken
}

test('a pace lets so many pass in a second, and one that changes at once', () => {
  let rate = 10
  const pace = paceOf(() => rate)
  assert.equal(takenIn(pace, 5_000), 10)
  assert.equal(takenIn(pace, 5_099), 0)
  assert.equal(pace.waitMs(5_099), 1)
  assert.equal(takenIn(pace, 5_300), 3)
  rate = 100
  assert.equal(takenIn(pace, 5_500), 20)
  rate = 0
  assert.equal(takenIn(pace, 90_000), 0)
  rate = 1
  assert.equal(takenIn(pace, 90_999), 0)
  assert.equal(takenIn(pace, 91_000), 1)
})

test('what nobody took is not saved up for longer than a second', () => {
  const pace = paceOf(() => 5)
  assert.equal(takenIn(pace, 1_000), 5)
  assert.equal(takenIn(pace, 1_000_000), 5)
})

test('an algorithm has its period in each feed by itself', () => {
  const turns = periods()
  const key = { user: 'ann', scene: 'nearline', channel: '' }
  const slow = { name: 'slow', minIntervalMs: 1_000 }
  assert.equal(turns.leftMs(key, slow, 50), 0)
  assert.equal(turns.leftMs(key, slow, 450), 600)
  assert.equal(turns.leftMs({ ...key, channel: '18' }, slow, 450), 0)
  assert.equal(turns.leftMs(key, { ...slow, name: 'other' }, 450), 0)
  assert.equal(
    turns.leftMs(key, { ...slow, minIntervalMs: 100 }, 450),
    0,
    'a change counts at once',
  )
  assert.equal(turns.leftMs(key, slow, 1_450), 0)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { itemWindows, windowSum } from './item-windows.ts'

const hourMs = 3_600_000
const width = itemWindows.columns.length

function rowsOf(likes: readonly number[]) {
  const data = new Float64Array(2 * width)
  const happening = (at: number) => ({
    offset: 0,
    event: { type: 'action', id: '', at, action: 'like', user: 'u', item: 'i' } as const,
  })
  const past = { ordinal: () => 1, get: () => undefined }
  for (const at of likes) {
    for (const [ordinal, change] of itemWindows.changes(happening(at), past)) {
      itemWindows.fold(data, ordinal * width, change)
    }
  }
  return { data, width, rowCount: 2 }
}

/** Counts over all likes, but for those that came when the ring had moved past their step. */
function counted(likes: readonly number[], at: number, hours: number): number {
  const step = (time: number): number => Math.floor(time / (2 * hourMs))
  let newest = 0
  let sum = 0
  const last = Math.max(...likes.map(step))
  for (const like of likes) {
    newest = Math.max(newest, step(like))
    const held = step(like) > newest - 12 && step(like) > last - 12
    if (held && step(like) <= step(at) && step(like) > step(at) - hours / 2) sum++
  }
  return sum
}

test('a window holds what counting all likes in it gives, late ones too', () => {
  const start = 400_000 * hourMs
  const moment = fc.nat(60 * 60).map((minute) => start + minute * 60_000)
  const property = fc.property(
    fc.array(moment, { minLength: 1, maxLength: 60, size: 'max' }),
    moment,
    fc.constantFrom(2, 4, 12, 24),
    (likes, at, hours) => {
      assert.equal(windowSum(rowsOf(likes), 1, at, hours), counted(likes, at, hours))
    },
  )
  fc.assert(property, { numRuns: 500 })
})

test('in the order of time, a day is exact', () => {
  const start = 400_000 * hourMs
  const likes = Array.from({ length: 72 }, (_, hour) => start + hour * hourMs)
  assert.equal(windowSum(rowsOf(likes), 1, likes.at(-1)!, 24), 24)
  assert.equal(windowSum(rowsOf(likes), 1, likes.at(-1)! + 22 * hourMs, 24), 2)
  assert.equal(windowSum(rowsOf(likes), 1, likes.at(-1)! + 48 * hourMs, 24), 0)
})

test('a like before 1970 is overlooked, and no other row is touched', () => {
  const { data } = rowsOf([-1, -hourMs, 0])
  assert.equal(
    data.reduce((sum, count) => sum + count),
    1,
  )
  assert.equal(data[width], 1)
})

test('an item nobody liked, or that has no row yet, counts none', () => {
  const rows = rowsOf([])
  assert.equal(windowSum(rows, 0, 1e12, 24), 0)
  assert.equal(windowSum(rows, 5, 1e12, 24), 0)
})

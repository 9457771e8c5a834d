import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stampBefore, stamped, stampMs, turnOf } from './time-stamps.ts'

const size = 10
const t = 1_700_000_000_000
const three = stamped([
  { batchId: 3, at: t + 300, size },
  { batchId: 2, at: t + 200, size },
  { batchId: 1, at: t + 100, size },
])

test('a time stamp later than the newest page is a refresh, and so is any where there is none', () => {
  assert.deepEqual(turnOf(three, t + 301), { kind: 'refresh' })
  assert.deepEqual(turnOf(three, Number.MAX_SAFE_INTEGER), { kind: 'refresh' })
  for (const asked of [0, 1, t, t * 2]) assert.deepEqual(turnOf([], asked), { kind: 'refresh' })
})

test('the stamp of a page asks for that page, and answers with the stamp of the one before', () => {
  assert.deepEqual(turnOf(three, t + 300), { kind: 'history', batchId: 3, before: t + 200 })
  assert.deepEqual(turnOf(three, t + 200), { kind: 'history', batchId: 2, before: t + 100 })
  assert.deepEqual(turnOf(three, t + 100), { kind: 'history', batchId: 1, before: 0 })
})

test('a time between two pages asks for the older of them', () => {
  assert.deepEqual(turnOf(three, t + 299), { kind: 'history', batchId: 2, before: t + 100 })
})

test('a time before everything, zero included, is the end', () => {
  for (const asked of [0, 1, t, t + 99]) assert.deepEqual(turnOf(three, asked), { kind: 'end' })
})

test('the one page of a short history stands alone', () => {
  const one = three.slice(2)
  assert.deepEqual(turnOf(one, t + 100), { kind: 'history', batchId: 1, before: 0 })
  assert.deepEqual(turnOf(one, t + 99), { kind: 'end' })
})

test('two pages of one millisecond, or of a clock set back, keep stamps of their own', () => {
  const stamps = stamped([
    { batchId: 4, at: t - 50, size },
    { batchId: 3, at: t, size },
    { batchId: 2, at: t, size },
    { batchId: 1, at: t, size },
  ])
  assert.deepEqual(
    stamps.map(({ stamp }) => stamp),
    [t + 3, t + 2, t + 1, t],
  )
})

test('the stamp before a page is that of the next older one, whatever came after', () => {
  assert.equal(stampBefore(three, 3), t + 200)
  assert.equal(stampBefore(three, 1), 0)
  assert.equal(stampBefore([], 1), 0)
})

test('seconds are taken as seconds, and what is no time is refused', () => {
  assert.equal(stampMs('1546391572'), 1_546_391_572_000)
  assert.equal(stampMs('1546391572123'), 1_546_391_572_123)
  assert.equal(stampMs('0'), 0)
  assert.equal(stampMs('9223372036854775807'), 2 ** 63)
  for (const raw of ['-1', '-9223372036854775808', 'soon']) {
    assert.throws(() => stampMs(raw), { code: 'invalid_argument', field: 'time_stamp' })
  }
})

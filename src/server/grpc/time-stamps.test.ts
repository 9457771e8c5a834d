import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BatchStamp } from '../../engine/engine.ts'
import { pagesIn } from './pages-in.ts'
import { stampBefore, stampMs, turnOf } from './time-stamps.ts'

const t = 1_700_000_000_000
const shown = (...ages: readonly number[]): readonly BatchStamp[] =>
  ages.map((age, index) => ({ batchId: index + 1, at: t + age, size: 10 })).reverse()

const three = pagesIn(shown(100, 200, 300))

test('a time later than the newest page is a refresh; where there is none, so is any', async () => {
  for (const asked of [t + 301, Number.MAX_SAFE_INTEGER, 2 ** 63]) {
    assert.deepEqual(await turnOf(asked, three), { kind: 'refresh' })
  }
  for (const asked of [0, 1, t]) {
    assert.deepEqual(await turnOf(asked, pagesIn([])), { kind: 'refresh' })
  }
})

test('the stamp of a page asks for that page; the answer has that of the one before', async () => {
  const page = (batchId: number, before: number) => ({ kind: 'history', batchId, before })
  assert.deepEqual(await turnOf(t + 300, three), page(3, t + 200))
  assert.deepEqual(await turnOf(t + 200, three), page(2, t + 100))
  assert.deepEqual(await turnOf(t + 100, three), page(1, 0))
})

test('a time between two pages asks for the older of them', async () => {
  const turn = { kind: 'history', batchId: 2, before: t + 100 }
  assert.deepEqual(await turnOf(t + 299, three), turn)
})

test('a time before everything, zero included, is the end', async () => {
  for (const asked of [0, 1, t, t + 99]) {
    assert.deepEqual(await turnOf(asked, three), { kind: 'end' })
  }
})

test('the one page of a short history stands alone', async () => {
  const one = pagesIn(shown(100))
  assert.deepEqual(await turnOf(t + 100, one), { kind: 'history', batchId: 1, before: 0 })
  assert.deepEqual(await turnOf(t + 99, one), { kind: 'end' })
})

test('the stamp before a page is that of the next older one, whatever came after', async () => {
  assert.equal(await stampBefore({ batchId: 3, servedAt: t + 300 }, three), t + 200)
  assert.equal(await stampBefore({ batchId: 2, servedAt: t + 200 }, three), t + 100)
  assert.equal(await stampBefore({ batchId: 1, servedAt: t + 100 }, three), 0)
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

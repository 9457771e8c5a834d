import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sequencesOf } from '../../../sequences.ts'
import { sizedAttention } from './attention-size.ts'

const budget = { dims: 16, blocks: 1, negatives: 100, epochsMax: 30, workMax: 1e12 }
const walks = (count: number, size: number) =>
  sequencesOf(
    Array.from({ length: count }, (_, row) => Array.from({ length: size }, (_, at) => row + at)),
    count + size,
  )

test('a network looks as far back as nine rows in ten go, within bounds', () => {
  assert.equal(sizedAttention(walks(50, 5), budget).settings.length, 10)
  assert.equal(sizedAttention(walks(50, 32), budget).settings.length, 40)
  assert.equal(sizedAttention(walks(5, 900), budget).settings.length, 200)
})

test('what there is to learn from bounds the epochs, and then the rows, the last of them', () => {
  const train = walks(1_000, 11)
  const small = sizedAttention(train, budget)
  assert.equal(small.rows, train)
  assert.equal(small.settings.epochs, 30)
  const some = sizedAttention(train, { ...budget, workMax: 2e9 })
  assert.equal(some.rows, train)
  assert.ok(some.settings.epochs >= 5 && some.settings.epochs < 30, `${some.settings.epochs}`)
  const few = sizedAttention(train, { ...budget, workMax: 2e8 })
  const rowCount = few.rows.starts.length - 1
  assert.ok(rowCount > 50 && rowCount < 500, `${rowCount}`)
  assert.equal(few.rows.starts[0], 0)
  assert.deepEqual(few.rows.items.slice(-11), train.items.slice(-11))
  assert.ok(few.settings.epochs <= 5)
})

test('of nothing a shape comes all the same', () => {
  const { settings } = sizedAttention(sequencesOf([], 3), budget)
  assert.ok(settings.batch >= 1 && settings.length === 10)
})

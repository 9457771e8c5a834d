import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planImport } from './plan.ts'
import { folderOf } from './table/fixture.suite.ts'
import { inTimeOrder } from './time-order.ts'

const rowsOf = (times: readonly (number | string)[], user: string) =>
  ['user,item,ts', ...times.map((at, index) => `${user},${index},${at}`)].join('\n')

async function ordered(files: Record<string, string>, rowsPerPass?: number) {
  const { parts } = await planImport({ paths: [folderOf(files)] })
  const rows: (readonly [user: unknown, item: unknown, at: unknown])[] = []
  for await (const batch of inTimeOrder(parts, rowsPerPass)) {
    for (const { row } of batch) rows.push([row.cells[0], row.cells[1], row.cells[2]])
  }
  return rows
}

const base = 1_700_000_000
const shuffled = Array.from({ length: 5000 }, (_, index) => base + ((index * 3571) % 5003))

test('rows of all files come oldest first, in one pass or in many', async () => {
  const files = { 'a.csv': rowsOf(shuffled, 'a'), 'b.csv': rowsOf(shuffled.toReversed(), 'b') }
  const inOne = await ordered(files)
  assert.equal(inOne.length, 10_000)
  const times = inOne.map(([, , at]) => Number(at))
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  )
  assert.deepEqual(await ordered(files, 700), inOne)

  // A pass for every row is quadratic, and as exact.
  const few = shuffled.slice(0, 90)
  const some = { 'a.csv': rowsOf(few, 'a'), 'b.csv': rowsOf(few.toReversed(), 'b') }
  assert.deepEqual(await ordered(some, 1), await ordered(some))
})

test('rows of the same moment keep the order of their files and lines', async () => {
  const rows = await ordered({ 'a.csv': rowsOf([base, base, base - 1], 'a') })
  assert.deepEqual(
    rows.map(([, item]) => item),
    ['2', '0', '1'],
  )
})

test('files in order that follow each other are streamed one after the other', async () => {
  const files = {
    'a.csv': rowsOf([base + 2, base + 3], 'a'),
    'b.csv': rowsOf([base, base + 2], 'b'),
  }
  assert.deepEqual(
    (await ordered(files)).map(([user]) => user),
    ['b', 'b', 'a', 'a'],
  )
})

test('files in order that overlap are merged', async () => {
  const files = {
    'a.csv': rowsOf([base, base + 2], 'a'),
    'b.csv': rowsOf([base + 1, base + 3], 'b'),
  }
  assert.deepEqual(
    (await ordered(files)).map(([user]) => user),
    ['a', 'b', 'a', 'b'],
  )
})

test('rows without a readable time come first, once', async () => {
  const times = [base + 1, 'never', base, '']
  for (const rowsPerPass of [1, 100]) {
    const rows = await ordered({ 'a.csv': rowsOf(times, 'a') }, rowsPerPass)
    assert.deepEqual(
      rows.map(([, item]) => item),
      ['1', '3', '2', '0'],
    )
  }
})

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { manualClock } from '../clock.ts'
import type { ActionEvent, Event } from '../event.ts'
import { fileCheckpoint } from './checkpoint.ts'
import {
  type ImportOptions,
  type ImportProgress,
  importFiles,
  type RejectedRow,
} from './importer.ts'
import { fileOf, folderOf } from './table/fixture.suite.ts'

const now = Date.parse('2024-05-01T12:00:00Z')

/** A log that knows events again by their ids, and may be told to fail. */
function memoryLog() {
  const events = new Map<string, Event>()
  const batchSizes: number[] = []
  let batchesLeft = Number.POSITIVE_INFINITY
  return {
    events,
    batchSizes,
    failAfter: (batchCount: number) => {
      batchesLeft = batchCount
    },
    sink: async (batch: readonly Event[]) => {
      if (batchesLeft-- <= 0) throw new Error('the disk is full')
      const before = events.size
      for (const event of batch) if (!events.has(event.id)) events.set(event.id, event)
      batchSizes.push(batch.length)
      const accepted = events.size - before
      return { accepted, duplicates: batch.length - accepted }
    },
  }
}

async function run(paths: readonly string[], options: Partial<ImportOptions> = {}) {
  const log = memoryLog()
  const rejected: RejectedRow[] = []
  const rejects = (rows: readonly RejectedRow[]) => void rejected.push(...rows)
  const { sink } = log
  const summary = await importFiles({ paths, clock: manualClock(now), sink, rejects, ...options })
  return { summary, rejected, events: [...log.events.values()] }
}

const items = 'sku,name,price,tags,released\n1,"A, b",2.50,x|y,2024-01-02\n2,3,,z,\n'
const users = 'user_id,age,premium\nu1,33,true\nu2,,false\n'
const events = [
  ...['user,sku,action,ts,value', 'u1,1,click,2024-04-01 10:00:00,', 'u2,2,RATE,2024-03-01,4'],
  'u1,2,swipe_past,2024-04-02T00:00:00Z,0.1',
].join('\n')

test('items, users and events arrive in this order, typed, events oldest first', async () => {
  const folder = folderOf({ 'events.csv': events, 'items.csv': items, 'users.csv': users })
  const { summary, events: arrived } = await run([folder])
  const withoutIds = arrived.map(({ id: _, ...event }) => event)
  const first = Date.UTC(2024, 2, 1)
  assert.deepEqual(withoutIds.slice(0, 4), [
    {
      ...{ type: 'item', at: first, item: '1' },
      record: {
        attributes: {
          name: { text: 'A, b' },
          price: { number: 2.5 },
          tags: { tags: ['x', 'y'] },
          released: { time: Date.UTC(2024, 0, 2) },
        },
        channels: [],
      },
    },
    {
      ...{ type: 'item', at: first, item: '2' },
      record: { attributes: { name: { text: '3' }, tags: { tags: ['z'] } }, channels: [] },
    },
    {
      ...{ type: 'user', at: first, user: 'u1' },
      attributes: { age: { number: 33 }, premium: { number: 1 } },
    },
    { type: 'user', at: first, user: 'u2', attributes: { premium: { number: 0 } } },
  ])
  const actions = arrived.filter((event): event is ActionEvent => event.type === 'action')
  assert.deepEqual(
    actions.map(({ action, user, item, value }) => [action, user, item, value]),
    [
      ...[
        ['rate', 'u2', '2', 4],
        ['click', 'u1', '1', undefined],
        ['swipe-past', 'u1', '2', 0.1],
      ],
    ],
  )
  assert.deepEqual(summary.accepted, { items: 2, users: 2, events: 3 })
  assert.equal(summary.rowCount, 7)
})

test('bad rows are set aside with file, line and reason, and good rows are kept', async () => {
  const rows = [
    ...['user,item,at,rating', 'u1,1,2024-01-01,4', ',1,2024-01-01,4', 'u1,2,2024-01-02,"4'],
    ...['u1,3,2024-01-03,5,5', 'u1,4,yesterday,3', 'u1,5,,3', 'u1,6,2024-01-06,99'],
    ...['u1,1.23e+18,2024-01-07,3', 'u2,8,2024-01-08,3'],
  ]
  const { summary, rejected, events } = await run([fileOf('a.csv', rows.join('\n'))])
  assert.deepEqual(summary.rejected, {
    user: 1,
    'broken quoting': 1,
    'wrong number of cells': 1,
    at: 2,
    value: 1,
    item: 1,
  })
  assert.deepEqual(summary.accepted, { items: 0, users: 0, events: 2 })
  assert.equal(summary.rowCount, 9)
  assert.deepEqual(
    rejected.map(({ line }) => line).sort((a, b) => a - b),
    [3, 4, 5, 6, 7, 8, 9],
  )
  const bad = rejected.find(({ line }) => line === 8)
  assert.deepEqual(bad, {
    ...{ file: 'a.csv', line: 8, reason: 'value', row: '["u1","6","2024-01-06","99"]' },
    message: '[invalid_argument] value 99 must be >= -10 and <= 10',
  })
  assert.match(rejected.find(({ line }) => line === 9)?.message ?? '', /has lost its digits/)
  assert.equal(events.length, 2)
})

/** 3,500 clicks, out of order, every 700th row broken. */
const manyClicks = ['user,item,ts']
for (let row = 0; row < 3500; row++) {
  const at = 1_700_000_000 + ((row * 7919) % 3500)
  manyClicks.push(row % 700 === 699 ? `u${row},"i` : `u${row % 50},i${row % 90},${at}`)
}
const manyText = manyClicks.join('\n')

test('interrupted at any batch, an import goes on and loses or repeats nothing', async () => {
  const path = fileOf('clicks.csv', manyText)
  const whole = await run([path])
  for (let batchCount = 0; batchCount < 4; batchCount++) {
    const log = memoryLog()
    const checkpoint = fileCheckpoint(join(folderOf({}), 'state.json'))
    const rejected: RejectedRow[] = []
    const rejects = (rows: readonly RejectedRow[]) => void rejected.push(...rows)
    const clock = manualClock(now)
    const options = { paths: [path], clock, sink: log.sink, checkpoint, rejects }
    log.failAfter(batchCount)
    await assert.rejects(importFiles(options), /the disk is full/)
    log.failAfter(Number.POSITIVE_INFINITY)
    const summary = await importFiles(options)
    assert.deepEqual([...log.events.values()], whole.events)
    assert.deepEqual({ ...summary, resumedAfter: 0 }, whole.summary)
    assert.equal(summary.resumedAfter, 1000 * batchCount)
    assert.equal(await checkpoint.load(), undefined)
    assert.equal(new Set(rejected.map(({ line }) => line)).size, 5)
  }
})

test('importing the same file again adds nothing, also without a checkpoint', async () => {
  const path = fileOf('clicks.csv', manyText)
  const { sink, events, batchSizes } = memoryLog()
  const options = { paths: [path], clock: manualClock(now), sink }
  await importFiles(options)
  const again = await importFiles(options)
  assert.equal(again.accepted.events, 0)
  assert.equal(again.duplicates, events.size)
  assert.ok(batchSizes.every((size) => size <= 1000))
})

test('a state of other files, or one that is torn, is not gone on from', async () => {
  const checkpoint = fileCheckpoint(fileOf('state.json', '{"dataset":"oth'))
  assert.equal(await checkpoint.load(), undefined)
  const counts = { rowCount: 5, accepted: { items: 0, users: 0, events: 5 }, duplicates: 0 }
  await checkpoint.save({ dataset: 'other', batchCount: 3, counts: { ...counts, rejected: {} } })
  const { summary } = await run([fileOf('clicks.csv', manyText)], { checkpoint })
  assert.equal(summary.resumedAfter, 0)
  assert.equal(summary.accepted.events, 3495)
})

test('another reading of the same file is another import', async () => {
  const path = fileOf('a.csv', 'user,item,other,ts\nu1,i1,i2,2024-01-01\n')
  const [first] = (await run([path])).events
  const [second] = (await run([path], { mapping: { item: 'other' } })).events
  assert.notEqual(first!.id, second!.id)
  assert.equal((second as ActionEvent).item, 'i2')
})

test('rows that have an id of their own keep it', async () => {
  const text = '{"id":"e1","type":"like","user":1,"item":2,"at":1714000000000}\n'
  const { events } = await run([fileOf('a.jsonl', text)])
  assert.deepEqual(events, [
    { type: 'action', id: 'e1', at: 1_714_000_000_000, action: 'like', user: '1', item: '2' },
  ])
})

test('a number is taken as an id while it is whole, and refused beyond 2^53', async () => {
  const rows = [7, 9007199254740992, 1.5].map((item) => `{"user":"u","item":${item}}`)
  const { events, rejected } = await run([fileOf('a.jsonl', rows.join('\n'))])
  assert.deepEqual(
    events.map((event) => event.type === 'action' && event.item),
    ['7'],
  )
  assert.deepEqual(
    rejected.map(({ line, reason }) => [line, reason]),
    [
      [2, 'item'],
      [3, 'item'],
    ],
  )
})

test('JSONL items may be spelt as the API spells them', async () => {
  const item = { id: '7', attributes: { year: 1995, place: { latitude: 1, longitude: 2 } } }
  const text = JSON.stringify({ ...item, channels: ['a'], availableFrom: '2024-01-01' })
  const { events } = await run([fileOf('items.jsonl', text)])
  assert.deepEqual(
    events.map((event) => event.type === 'item' && event.record),
    [
      {
        attributes: { year: { number: 1995 }, place: { geo: { latitude: 1, longitude: 2 } } },
        channels: ['a'],
        availableFrom: Date.UTC(2024, 0, 1),
      },
    ],
  )
})

test('an aborted import is canceled, and says that it can go on', async () => {
  const controller = new AbortController()
  const log = memoryLog()
  const sink = (batch: readonly Event[]) => {
    controller.abort()
    return log.sink(batch)
  }
  const paths = [fileOf('clicks.csv', manyText)]
  const importing = importFiles({ paths, clock: manualClock(now), sink, signal: controller.signal })
  await assert.rejects(importing, { code: 'canceled', message: /run it again and it goes on/ })
  assert.equal(log.batchSizes.length, 1)
})

test('progress rises to the number of rows, first looking and then importing', async () => {
  const seen: ImportProgress[] = []
  const onProgress = (progress: ImportProgress) => void seen.push(progress)
  await run([fileOf('clicks.csv', manyText)], { onProgress })
  const counts = (phase: string) =>
    seen.filter((progress) => progress.phase === phase).map(({ rowCount }) => rowCount)
  assert.equal(counts('looking').at(-1), 3500)
  assert.deepEqual(
    counts('looking'),
    counts('looking').toSorted((a, b) => a - b),
  )
  assert.deepEqual(counts('importing'), [1000, 2000, 3000, 3500])
  assert.equal(seen.at(-1)?.totalRowCount, 3500)
})

test('what cannot be understood is refused with its columns, or named as unread', async () => {
  const folder = folderOf({ 'a.csv': 'x,y\n1,2\n' })
  await assert.rejects(run([folder]), /hold nothing to import: .*a\.csv cannot be understood.*x, y/)
  const both = folderOf({ 'a.csv': 'x,y\n1,2\n', 'items.csv': items })
  const { summary } = await run([both])
  assert.equal(summary.unread.length, 1)
  assert.equal(summary.accepted.items, 2)
  await assert.rejects(run([join(folder, 'nothing.csv')]), /does not exist/)
  await assert.rejects(run([folderOf({ 'a.txt': '' })]), /holds no \.csv/)
  const mapping = { item: 'skv' }
  await assert.rejects(run([both], { mapping }), /mapping\.item names a column "skv" that no file/)
})

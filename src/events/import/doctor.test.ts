import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { manualClock } from '../clock.ts'
import type { Finding } from './checks/check.ts'
import { formatDiagnosis } from './diagnosis.ts'
import { examine } from './doctor.ts'
import { folderOf } from './table/fixture.suite.ts'

const now = Date.parse('2024-05-01T12:00:00Z')

interface Made {
  readonly user: string
  readonly item: string
  readonly type: string
  readonly at: string
}

/** 40 items and 400 events of 30 users with nothing wrong about them; line 2 is row 0. */
const items = Array.from({ length: 40 }, (_, index) => [
  `i${index}`,
  `Title ${index}`,
  1980 + index,
])
const events = Array.from({ length: 400 }, (_, index): Made => {
  return {
    user: `u${index % 30}`,
    item: `i${(index * 7) % 40}`,
    type: index % 3 === 0 ? 'click' : 'impression',
    at: new Date(now - (1000 - index) * 60_000).toISOString(),
  }
})

const header = 'user,item,type,at'
const lineOf = ({ user, item, type, at }: Made) => `${user},${item},${type},${at}`
const itemText = ['id,title,year', ...items.map((cells) => cells.join(','))].join('\n')
const eventText = [header, ...events.map(lineOf)].join('\n')
const changed = (change: (event: Made, index: number) => Partial<Made>) =>
  [header, ...events.map((event, index) => lineOf({ ...event, ...change(event, index) }))].join(
    '\n',
  )

async function diagnose(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = folderOf({ 'items.csv': itemText, 'events.csv': eventText, ...files })
  return await examine([folder], { clock: manualClock(now) })
}

async function find(files: Parameters<typeof diagnose>[0], code: string): Promise<Finding> {
  const { findings } = await diagnose(files)
  const found = findings.find((finding) => finding.code === code)
  assert.ok(found, `no ${code} among ${findings.map((finding) => finding.code).join(', ')}`)
  return found
}

test('healthy files are called healthy, and their facts are told', async () => {
  const { findings, facts } = await diagnose({})
  assert.deepEqual(findings, [])
  assert.equal(facts.itemCount, 40)
  assert.deepEqual(facts.actions, { click: 134, impression: 266 })
  assert.equal(facts.firstEvent, events[0]!.at)
})

test('no positives: impressions alone, or ratings that are all low', async () => {
  const shown = await find(
    { 'events.csv': changed(() => ({ type: 'impression' })) },
    'no-positives',
  )
  assert.equal(shown.severity, 'error')
  assert.match(shown.message, /nothing can be learned: all are impressions/)
  const ratings = ['user,item,rating,at']
  for (const [index, { user, item, at }] of events.entries()) {
    ratings.push(`${user},${item},${1 + (index % 3)},${at}`)
  }
  const low = await find({ 'events.csv': ratings.join('\n') }, 'no-positives')
  assert.match(low.message, /all ratings are low, from 1 to 3, where stars up to 5/)
})

test('ids that do not join, with what would make them join', async () => {
  const padded = changed(({ item }, index) => (index < 4 ? { item: `00${item.slice(1)}` } : {}))
  const some = await find({ 'events.csv': padded }, 'unknown-items')
  assert.equal(some.severity, 'warning')
  assert.deepEqual([some.file, some.lines, some.count], ['events.csv', [2, 3, 4, 5], 4])
  assert.match(some.message, /4 events would join.*the events say "000" where the item is "i0"/)
  const other = changed(({ item }) => ({ item: `x-${item}-y` }))
  const most = await find({ 'events.csv': other }, 'unknown-items')
  assert.equal(most.severity, 'error')
  assert.match(most.message, /400 events about items that no item file has, such as "x-i0-y"/)
})

test('users without a record are a note, where users are brought', async () => {
  const found = await find({ 'users.csv': 'user,age\nu0,33\n' }, 'unknown-users')
  assert.equal(found.severity, 'note')
})

test('seconds for milliseconds', async () => {
  const inSeconds = changed(({ at }) => ({ at: String(Date.parse(at) / 1000) }))
  const all = await find({ 'events.csv': inSeconds }, 'seconds-for-milliseconds')
  assert.match(all.message, /"at" counts seconds, and the API takes milliseconds/)
  const mixed = changed(({ at }, index) => {
    return { at: String(Date.parse(at) / (index === 5 ? 1000 : 1)) }
  })
  const one = await find({ 'events.csv': mixed }, 'mixed-time-units')
  assert.deepEqual([one.severity, one.lines], ['error', [7]])
})

test('times of 1970, of the future, and that nobody can read', async () => {
  const times = ['0', '1970-01-01T00:00:00Z', '2031-01-01T00:00:00Z', 'yesterday', '']
  const text = changed(({ at }, index) => ({ at: times[index] ?? at }))
  const early = await find({ 'events.csv': text }, 'times-before-1990')
  assert.deepEqual(early.lines, [2, 3])
  assert.deepEqual((await find({ 'events.csv': text }, 'times-in-future')).lines, [4])
  assert.deepEqual((await find({ 'events.csv': text }, 'times-unreadable')).lines, [5, 6])
})

test('no times at all', async () => {
  const text = ['user,item', ...events.map(({ user, item }, row) => `${user},${item}${row % 2}`)]
  assert.match(
    (await find({ 'events.csv': text.join('\n') }, 'no-times')).message,
    /no column says/,
  )
})

test('the same row twice, the same event id twice, the same item twice', async () => {
  const twice = `${eventText}\n${lineOf(events[3]!)}\n${lineOf(events[9]!)}\n`
  const rows = await find({ 'events.csv': twice }, 'duplicate-rows')
  assert.deepEqual([rows.lines, rows.count], [[402, 403], 2])
  const withIds = events.map((event, index) => `e${index % 399},${lineOf(event)}`)
  const idText = [`id,${header}`, ...withIds].join('\n')
  assert.deepEqual((await find({ 'events.csv': idText }, 'duplicate-event-ids')).lines, [401])
  const item = await find({ 'items.csv': `${itemText}\ni7,Again,1999` }, 'duplicate-ids')
  assert.deepEqual([item.file, item.lines], ['items.csv', [42]])
})

test('one item, or one user, that holds most events', async () => {
  const item = changed((_, index) => (index % 2 === 0 ? { item: 'i0' } : {}))
  const one = await find({ 'events.csv': item }, 'one-item-dominates')
  assert.match(one.message, /item "i0" holds 5\d % of all events/)
  const user = changed((_, index) => (index % 5 < 2 ? { user: 'bot' } : {}))
  const bot = await find({ 'events.csv': user }, 'one-user-dominates')
  assert.match(bot.message, /user "bot" holds 40 %/)
  assert.deepEqual(bot.lines.slice(0, 2), [2, 3])
})

test('broken quoting, with its line', async () => {
  const text = itemText.replace('i3,Title 3', 'i3,"Title 3')
  const found = await find({ 'items.csv': text }, 'broken-quoting')
  assert.deepEqual([found.severity, found.file, found.lines], ['error', 'items.csv', [5]])
})

test('rows with too many cells, and lines that are no JSON', async () => {
  const text = itemText.replace('i3,Title 3', 'i3,Title, 3')
  assert.deepEqual((await find({ 'items.csv': text }, 'wrong-cell-count')).lines, [5])
  const json = '{"user":"u1","age":3}\n{"user":\n'
  assert.deepEqual((await find({ 'users.jsonl': json }, 'broken-json')).lines, [2])
})

test('empty files, with a header and without', async () => {
  assert.equal((await find({ 'users.csv': '' }, 'empty-file')).file, 'users.csv')
  assert.equal((await find({ 'users.csv': 'user,age\n' }, 'empty-file')).severity, 'error')
})

test('a header that is missing', async () => {
  const found = await find(
    { 'ratings.csv': '1,296,5.0,1147880044\n1,306,3.5,1147868817\n' },
    'header-missing',
  )
  assert.deepEqual([found.file, found.lines], ['ratings.csv', [1]])
})

test('columns that nobody reads, and files of unknown columns', async () => {
  const text = events.map((event, index) => `${lineOf(event)},${index % 9}`)
  const unused = await find(
    { 'events.csv': [`${header},dwell`, ...text].join('\n') },
    'unused-columns',
  )
  assert.match(unused.message, /no event has a place for dwell/)
  const unknown = await find({ 'other.csv': 'foo,bar\n1,2\n' }, 'not-understood')
  assert.match(unknown.message, /no column is known to be an item or a user among foo, bar/)
})

test('columns that tell nothing', async () => {
  const lines = itemText.split('\n').map((line, index) => `${line},${index ? 'EUR' : 'currency'}`)
  const found = await find({ 'items.csv': lines.join('\n') }, 'constant-column')
  assert.match(found.message, /"currency" is "EUR" in every row/)
})

test('bytes that are not UTF-8', async () => {
  const text = Buffer.from(itemText.replace('Title 3,', 'Am\xe9lie,'), 'latin1')
  const found = await find({ 'items.csv': text }, 'not-utf8')
  assert.deepEqual([found.lines, found.count], [[5], 1])
})

test('ids that a spreadsheet has spoilt', async () => {
  const spoilt = ['1.23e+18', '12.0', ' i5']
  const text = changed(({ item }, index) => ({ item: spoilt[index] ?? item }))
  assert.deepEqual((await find({ 'events.csv': text }, 'ids-lost-precision')).lines, [2])
  assert.deepEqual((await find({ 'events.csv': text }, 'ids-as-floats')).lines, [3])
  assert.deepEqual((await find({ 'events.csv': text }, 'ids-padded')).lines, [4])
  const rounded = changed((_, index) => ({ user: `1234567890123${index % 30}00000` }))
  const found = await find({ 'events.csv': rounded }, 'ids-lost-precision')
  assert.equal(found.severity, 'error')
  assert.match(found.message, /^400 ids written as numbers/)
  const whole = changed((_, index) => ({ user: `12345678901234567${10 + (index % 30)}` }))
  const { findings } = await diagnose({ 'events.csv': whole })
  assert.deepEqual(findings, [])
})

test('rows out of the order of their times', async () => {
  const text = [header, ...events.toReversed().map(lineOf)].join('\n')
  assert.equal((await find({ 'events.csv': text }, 'out-of-order')).severity, 'note')
})

test('too little to learn from', async () => {
  const text = [header, ...events.slice(0, 30).map(lineOf)].join('\n')
  const found = await find({ 'events.csv': text }, 'too-little')
  assert.match(found.message, /30 events of 30 users about 30 items are too few/)
})

test('actions that do not exist, and other rows that would be set aside', async () => {
  const text = changed(({ user, type }, index) => {
    return { user: index === 0 ? '' : user, type: index < 5 ? 'purchase' : type }
  })
  const actions = await find({ 'events.csv': text }, 'unknown-actions')
  assert.match(
    actions.message,
    /5 rows will be set aside: type "purchase" must be one of impression/,
  )
  const noUser = changed(({ user }, index) => ({ user: index === 0 ? '' : user }))
  assert.deepEqual((await find({ 'events.csv': noUser }, 'refused-rows')).lines, [2])
})

test('the diagnosis is a report: what was read, what is wrong where, and a verdict', async () => {
  const text = itemText.replace('i3,Title 3', 'i3,"Title 3')
  const report = formatDiagnosis(await diagnose({ 'items.csv': text }))
  for (const part of [
    /items\.csv: 40 rows\n {2}items in CSV separated by commas: item from "id"/,
    /39 items, 0 user records\nevents: 134 click, 266 impression; from 2024-04-30 to 2024-05-01/,
    /error broken-quoting \(items\.csv, line 5\)\n {2}1 row with quotes/,
    /warning unknown-items \(events\.csv, lines 31, 71, 111, 151, 191 …\)/,
    /\n1 error, 1 warning, 0 notes: rows would be lost or nothing learned\.$/,
  ]) {
    assert.match(report, part)
  }
  assert.match(formatDiagnosis(await diagnose({})), /Nothing is wrong/)
})

const realFolder = '../shared/data/ml-latest-small'
const skip = existsSync(realFolder) ? false : 'the set is not on this machine'

test('MovieLens itself has nothing but two peculiarities', { skip }, async () => {
  const { findings } = await examine([realFolder], { clock: manualClock(now) })
  assert.deepEqual(
    findings.map(({ severity, code }) => [severity, code]),
    [
      ...[
        ['note', 'seconds-for-milliseconds'],
        ['note', 'out-of-order'],
      ],
    ],
  )
})

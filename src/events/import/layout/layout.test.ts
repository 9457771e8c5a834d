import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileOf } from '../table/fixture.suite.ts'
import { openTable } from '../table/open-table.ts'
import { conclusionsOf } from './conclusions.ts'
import { layoutOf } from './layout.ts'
import type { Mapping } from './mapping.ts'
import { survey } from './survey.ts'

async function read(text: string, mapping: Mapping = {}, name = 'a.csv') {
  const table = await openTable(fileOf(name, text))
  const layout = layoutOf(table, mapping)
  const places = Object.fromEntries(
    [...layout.places].map(([role, place]) => [role, table.columns[place]]),
  )
  const surveyed = await survey(table, layout, () => {})
  return { ...layout, places, survey: surveyed, words: conclusionsOf(table, layout, surveyed) }
}

test('columns are known by their common names, however they are written', async () => {
  for (const [header, places] of [
    ['userId,movieId,rating,timestamp', { user: 'userId', item: 'movieId', at: 'timestamp' }],
    ['USER_ID,Item-Id,Date', { user: 'USER_ID', item: 'Item-Id', at: 'Date' }],
    ['ts;visitorid;event;itemid', { at: 'ts', type: 'event', user: 'visitorid', item: 'itemid' }],
  ] as const) {
    const layout = await read(`${header}\n`)
    assert.equal(layout.kind, 'events')
    assert.deepEqual({ ...layout.places, ...places }, layout.places)
  }
})

test('the ids in a file say what it brings: events, items or users', async () => {
  assert.equal((await read('user,item\n')).kind, 'events')
  assert.equal((await read('movieId,title\n')).kind, 'items')
  assert.equal((await read('user_id,age\n')).kind, 'users')
  assert.equal((await read('id,name\n', {}, 'products.csv')).kind, 'items')
  assert.equal((await read('id,name\n', {}, 'users.csv')).kind, 'users')
  assert.equal((await read('id,name\n', { kind: 'users' })).kind, 'users')
})

test('a mapping goes before names, and leaves the rest to them', async () => {
  const { places, unused } = await read('user,item,sku,ts,noise,more\n', {
    ...{ item: 'sku', at: 'ts', ignore: ['more'] },
  })
  assert.deepEqual(places, { user: 'user', item: 'sku', at: 'ts' })
  assert.deepEqual(unused, ['item', 'noise'])
})

test('without a column for it, all are ratings if there are values, or clicks', async () => {
  assert.equal((await read('user,item,rating\n')).action, 'rate')
  assert.equal((await read('user,item\n')).action, 'click')
  assert.equal((await read('user,item\n', { action: 'play' })).action, 'play')
  assert.equal((await read('user,item,type\n')).action, undefined)
})

test('columns that tell nothing are refused with what to do', async () => {
  await assert.rejects(read('a,b\n'), /no column is known to be an item or a user among a, b.*mapp/)
  await assert.rejects(read('1,296,5.0\n'), /The first line looks like data/)
  await assert.rejects(read('a,b\n', { kind: 'events' }), /no column is known to be the user/)
  await assert.rejects(read(''), /is empty: it has no columns/)
})

test('the type of an attribute is decided over the whole column', async () => {
  const { survey } = await read(
    [
      'id,year,code,mixed,seen,ok,genres,cast,bars,vector,place,links,imdbId,none',
      '1,1995,007,1,2024-01-01,true,A|B,"x, y",p|q,"[1,2]",' +
        '"{""latitude"":1,""longitude"":2}","[1]",1,',
      '2,N/A,12,x,2024-01-02 10:00,false,C,z,r|s,"[3,4]",,"[2,3]",2,',
    ].join('\n'),
  )
  assert.deepEqual(
    survey.types.map(({ type }) => type),
    [
      ...['text', 'number', 'text', 'text', 'time', 'boolean', 'tags', 'tags', 'tags'],
      ...['json', 'json', 'json tags', 'text', 'text'],
    ],
  )
  assert.deepEqual(survey.types[7], { type: 'tags', separator: ',' })
})

test('the unit of times is the one that most cells are in', async () => {
  const unitOf = async (...times: (number | string)[]) => {
    const { survey } = await read(['user,item,ts', ...times.map((at) => `u,i,${at}`)].join('\n'))
    return survey.times?.unit
  }
  const at = 1_714_564_800
  assert.equal(await unitOf(at, at + 1, (at + 2) * 1000), 'seconds')
  assert.equal(await unitOf(`${at}.5`), 'seconds')
  assert.equal(await unitOf(at * 1000, 0, at), 'milliseconds')
  assert.equal(await unitOf(at * 1e6), 'microseconds')
  assert.equal(await unitOf(`${at}000000000`), 'nanoseconds')
  assert.equal(await unitOf('2024-05-01', '2024-05-01 12:00:00 UTC', 'x'), 'text')
  assert.equal(await unitOf(0, 1, 2), undefined)
})

test('what was concluded is said in words', async () => {
  const { words } = await read('user,item,ts,noise\nu,i,1714564800,1\n')
  assert.deepEqual(words, [
    'events in CSV separated by commas: user from "user", item from "item", at from "ts"',
    'no column says what was done: every row is taken as "click"',
    'times are seconds since 1970',
    'left aside, because an event has no place for them: noise',
  ])
  const items = await read('id,title,genres,year\n1,x,a|b,1995\n')
  assert.deepEqual(items.words, [
    'items in CSV separated by commas: item from "id"',
    'attributes: title (text), genres (tags between "|"), year (number)',
  ])
})

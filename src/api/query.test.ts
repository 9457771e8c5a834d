import assert from 'node:assert/strict'
import { test } from 'node:test'
import { calls } from '../client/calls.ts'
import { spell } from '../client/spell.ts'
import { feed } from './operations/feeds.ts'
import { putItem } from './operations/items.ts'
import { promoteModel } from './operations/stream/releases.ts'
import { fromHttp } from './query.ts'

const readFeed = fromHttp(feed)

test('an input reads back as it was spelt', () => {
  const input = {
    scene: 'channel:18',
    user: 'a/b?c&d=e%20+',
    size: 5,
    exclude: ['1', '2'],
    filter: 'genres has "Comedy" and year >= 1990',
    items: false,
    context: { device: 'ios', 'the place': 'ü' },
  }
  const url = new URL(spell(calls.feed, input).url, 'http://host')
  assert.equal(url.pathname, '/v1/scenes/channel%3A18/feed')
  const read = readFeed({ scene: 'channel:18' }, Object.fromEntries(url.searchParams), undefined)
  assert.deepEqual({ ...read, context: { ...(read['context'] as object) } }, input)
})

test('what cannot be read is passed on as it came, for the check to name', () => {
  const read = readFeed({ scene: 'home' }, { size: '1e3', items: 'maybe', sise: '1' }, undefined)
  assert.deepEqual(read, { scene: 'home', size: '1e3', items: 'maybe', sise: '1' })
})

test('a parameter that comes twice is refused: neither can be preferred', () => {
  assert.throws(() => readFeed({}, { user: ['a', 'b'] }, undefined), { field: 'user' })
})

test('a context named __proto__ is a name like any other', () => {
  const { context } = readFeed({}, { 'context.__proto__': 'x' }, undefined)
  assert.equal(Object.getPrototypeOf(context), null)
  assert.deepEqual(Object.keys(context as object), ['__proto__'])
})

test('a body may repeat the id of its path, and may not contradict it', () => {
  const read = fromHttp(putItem)
  assert.deepEqual(read({ id: 'a' }, {}, { id: 'a', channels: [] }), { id: 'a', channels: [] })
  assert.throws(() => read({ id: 'a' }, {}, { id: 'b' }), { field: 'id' })
})

test('a number in the path is a number, with a body and without', () => {
  const read = fromHttp(promoteModel)
  const params = { name: '7', version: '7' }
  assert.deepEqual(read(params, {}, undefined), { name: '7', version: 7 })
  assert.deepEqual(read(params, {}, { version: 7, why: 'x' }), { name: '7', version: 7, why: 'x' })
  assert.throws(() => read(params, {}, { version: 8 }), { field: 'version' })
  assert.deepEqual(read({ name: 'a', version: 'x' }, {}, undefined), { name: 'a', version: 'x' })
})

test('a body that is no object is refused, and none is an empty one', () => {
  const read = fromHttp(putItem)
  for (const body of [[], 'text', 5, true]) {
    assert.throws(() => read({ id: 'a' }, {}, body), { field: 'body' })
  }
  assert.deepEqual(read({ id: 'a' }, {}, undefined), { id: 'a' })
})

test('an empty id cannot be put into a path', () => {
  assert.throws(() => spell(calls.putItem, { id: '' }), { field: 'id' })
})

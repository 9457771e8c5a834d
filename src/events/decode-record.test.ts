import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StarlingError } from '../error.ts'
import { decodeItem, decodeUser, encodeAttributes } from './decode.ts'

const now = Date.parse('2024-05-01T12:00:00Z')
const attributes = (raw: unknown) => decodeItem({ id: 'i', attributes: raw }, now).record.attributes

function refusal(raw: object): string {
  try {
    decodeItem({ id: 'i', ...raw }, now)
  } catch (error) {
    if (error instanceof StarlingError && error.code === 'invalid_argument') return error.message
    throw error
  }
  return 'accepted'
}

const refusedValue = (value: unknown) => refusal({ attributes: { a: value } })

test('plain JSON values become typed attributes', () => {
  const plain = {
    year: 1995,
    colour: true,
    title: 'American President, The',
    premiere: '1995-11-17T20:00:00Z',
    genres: ['Comedy', 'Drama', 'Comedy'],
    embedding: [0.25, -1],
    filmedAt: { latitude: 38.9, longitude: -77 },
    absent: null,
  }
  assert.deepEqual(attributes(plain), {
    year: { number: 1995 },
    colour: { number: 1 },
    title: { text: 'American President, The' },
    premiere: { time: Date.UTC(1995, 10, 17, 20) },
    genres: { tags: ['Comedy', 'Drama'] },
    embedding: { vector: [0.25, -1] },
    filmedAt: { geo: { latitude: 38.9, longitude: -77 } },
  })
})

test('the explicit forms decide where the plain ones would guess otherwise', () => {
  const explicit = {
    a: { text: '1995-11-17T20:00:00Z' },
    b: { time: 1_000_000_000_000 },
    c: { tags: [] },
    d: { geo: { latitude: 0, longitude: 180 } },
    e: { vector: [1] },
    f: { number: 3 },
  }
  assert.deepEqual(attributes(explicit), { ...explicit, b: { time: 1_000_000_000_000 } })
})

test('a date alone and a number in a text stay texts', () => {
  assert.deepEqual(attributes({ a: '2024-05-01', b: '7' }), {
    a: { text: '2024-05-01' },
    b: { text: '7' },
  })
})

test('encoded attributes decode to themselves', () => {
  const typed = attributes({
    ...{ year: 1995, title: 'x', looksLikeTime: { text: '1995-11-17T20:00:00Z' } },
    ...{ premiere: '1995-11-17T20:00:00Z', none: [], place: { latitude: 1, longitude: 2 } },
    vector: [1, 2],
  })
  assert.deepEqual(attributes(JSON.parse(JSON.stringify(encodeAttributes(typed)))), typed)
})

test('values out of bounds are refused with the bound', () => {
  assert.match(refusedValue({ latitude: 91, longitude: 0 }), /a\.latitude 91 must be >= -90/)
  assert.match(refusedValue({ latitude: 1 }), /a\.longitude nothing must be a number/)
  assert.match(refusedValue({ latitude: 1, longitude: 2, height: 3 }), /a\.height has no place/)
  assert.match(refusedValue(Number.POSITIVE_INFINITY), /must be >=/)
  assert.match(refusedValue([1, Number.NaN]), /a\[1\] NaN/)
  assert.match(refusedValue([1, 'x']), /a\[1\] "x" must be a number/)
  assert.match(refusedValue(['x', 1]), /a\[1\] 1 must be a string/)
  assert.match(refusedValue(new Array(4097).fill(0)), /4097 dimensions; it must have 1 to 4096/)
  assert.match(refusedValue({ vector: [] }), /0 dimensions/)
  assert.match(refusedValue('x'.repeat(20_001)), /at most 20000/)
  assert.match(refusedValue(Array.from({ length: 201 }, (_, n) => `${n}`)), /at most 200/)
  assert.match(refusedValue({ colour: 'red' }), /must be a number, boolean, string, list/)
  assert.match(refusedValue({ text: 'a', number: 1 }), /must be a number, boolean, string, list/)
  assert.match(refusedValue({ time: 1_714_564_800 }), /looks like seconds/)
})

test('at most 100 attributes, of names that can be keys', () => {
  const many = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`a${n}`, n]))
  assert.match(refusal({ attributes: many }), /more than 100/)
  assert.match(refusal({ attributes: { '': 1 } }), /names must be non-empty/)
  assert.match(refusal({ attributes: { ['x'.repeat(101)]: 1 } }), /at most 100 characters/)
  assert.match(refusal({ attributes: JSON.parse('{"__proto__":{"number":1}}') }), /__proto__/)
})

test('an attribute may be called constructor, and is then a key like any other', () => {
  const decoded = attributes({ constructor: 'Ferrari' })
  assert.deepEqual(Object.entries(decoded), [['constructor', { text: 'Ferrari' }]])
})

test('availability is a window, and channels are names', () => {
  const raw = { id: 'i', channels: ['a', 'b', 'a'], availableFrom: '1937-12-21', availableUntil: 0 }
  assert.deepEqual(decodeItem(raw, now), {
    item: 'i',
    record: {
      attributes: {},
      channels: ['a', 'b'],
      availableFrom: Date.UTC(1937, 11, 21),
      availableUntil: 0,
    },
  })
  assert.match(refusal({ availableFrom: 5, availableUntil: 5 }), /must be later than availableFrom/)
  assert.match(refusal({ channels: 'a' }), /channels "a" must be a list/)
  assert.match(refusal({ channels: [''] }), /channels\[0\] must not be empty/)
  assert.match(refusal({ title: 'x' }), /title is not a field of an item/)
})

test('a user has an id and attributes', () => {
  assert.deepEqual(decodeUser({ id: 'u', attributes: { age: 33 } }, now), {
    user: 'u',
    attributes: { age: { number: 33 } },
  })
  assert.throws(() => decodeUser({ attributes: {} }, now), /id is required/)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StarlingError } from '../error.ts'
import { decodeAction } from './decode.ts'
import { actions } from './event.ts'

const now = Date.parse('2024-05-01T12:00:00Z')
const decode = (raw: unknown) => decodeAction(raw, { now, newId: () => 'made' })

function refusal(raw: unknown): string {
  try {
    decode(raw)
  } catch (error) {
    if (error instanceof StarlingError && error.code === 'invalid_argument') return error.message
    throw error
  }
  return 'accepted'
}

const click = { type: 'click', user: 'u', item: 'i' }

test('an action arrives with the id and time it was given', () => {
  const raw = { ...click, id: 'e1', at: '2024-05-01T11:59:00.500+00:00', token: 't', scene: 'home' }
  assert.deepEqual(decode(raw), {
    event: { type: 'action', id: 'e1', at: now - 59_500, action: 'click', user: 'u', item: 'i' },
    token: 't',
    scene: 'home',
  })
})

test('an action without id or time gets both', () => {
  const { event } = decode({ ...click, value: null, at: null })
  assert.deepEqual(event, {
    ...{ type: 'action', id: 'made', at: now },
    ...{ action: 'click', user: 'u', item: 'i' },
  })
})

test('an id above 2^53 keeps its digits as a string, and is refused as a number', () => {
  assert.equal(decode({ ...click, item: '9007199254740993' }).event.item, '9007199254740993')
  assert.match(refusal({ ...click, item: 9007199254740992 }), /item .*must be a string.*2\^53/)
})

test('ids are non-empty strings of 256 characters at most, without control characters', () => {
  assert.match(refusal({ ...click, user: '' }), /user must not be empty/)
  assert.match(refusal({ ...click, user: 'x'.repeat(257) }), /257 characters; at most 256/)
  assert.match(refusal({ ...click, user: 'a\u0000b' }), /control characters/)
  assert.match(refusal({ ...click, user: 'a\ud800' }), /half surrogates/)
  assert.match(refusal({ ...click, user: { $gt: '' } }), /an object must be a string/)
  assert.equal(decode({ ...click, user: 'Zoë 🎬' }).event.user, 'Zoë 🎬')
})

test('an unknown action is refused with the list of those that exist', () => {
  const message = refusal({ ...click, type: 'served' })
  for (const action of actions) assert.ok(message.includes(action))
})

test('what is missing is named', () => {
  assert.match(refusal({ type: 'click', item: 'i' }), /user is required/)
  assert.match(refusal({ type: 'click', user: 'u' }), /item is required for click/)
  assert.match(refusal({ user: 'u', item: 'i' }), /type is required/)
  assert.match(refusal(null), /must be an object/)
  assert.match(refusal([click]), /must be an object/)
})

test('following needs an item or the words for whom', () => {
  assert.equal(decode({ type: 'follow', user: 'u', text: 'director:Varda' }).event.item, undefined)
  assert.match(refusal({ type: 'follow', user: 'u' }), /item is required where there is no text/)
  assert.match(refusal({ type: 'follow', user: 'u', text: '' }), /item is required/)
})

test('a reordering is of a page: a token names it, and its places are whole and distinct', () => {
  const rerank = { type: 'rerank', user: 'u', token: 't', order: [2, 0, 1] }
  assert.deepEqual(decode(rerank).event.order, [2, 0, 1])
  assert.match(refusal({ ...rerank, token: null }), /token is required for rerank/)
  assert.match(refusal({ ...rerank, item: 'i' }), /item means nothing for rerank/)
  assert.match(refusal({ ...rerank, order: [] }), /order is required for rerank/)
  assert.match(refusal({ ...rerank, order: [1, 1] }), /no place twice/)
  assert.match(refusal({ ...rerank, order: [0, 0.5] }), /order\[1\] 0.5 must be a whole number/)
  assert.match(refusal({ ...rerank, order: [100] }), /order\[0\] 100 must be/)
  assert.match(refusal({ ...rerank, order: 'ab' }), /order must be a list of 1 to 100 places/)
  assert.match(refusal({ ...click, order: [0] }), /order means nothing for click/)
  assert.deepEqual(decode({ ...click, order: [] }), decode(click))
})

test('where an item stood is a place of the page that its token names', () => {
  assert.equal(decode({ ...click, token: 't', position: 3 }).position, 3)
  assert.match(refusal({ ...click, position: 3 }), /position means nothing without a token/)
  assert.match(refusal({ ...click, token: 't', position: -1 }), /position -1 must be/)
})

test('a field nobody knows is refused by its name', () => {
  assert.match(refusal({ ...click, colour: 1 }), /\] colour is not a field of an event.*id, type/)
  assert.match(
    refusal(JSON.parse('{"__proto__":{"user":"u"},"type":"click"}')),
    /\] __proto__ is not/,
  )
})

test('seconds in the place of milliseconds are refused saying so', () => {
  assert.match(refusal({ ...click, at: 1_714_564_800 }), /looks like seconds.*multiply by 1000/)
  assert.match(refusal({ ...click, at: 1_714_564_800_000_000 }), /looks like microseconds/)
})

test('times before 1990 and more than ten minutes ahead are refused', () => {
  assert.equal(decode({ ...click, at: now + 600_000 }).event.at, now + 600_000)
  assert.match(refusal({ ...click, at: now + 600_001 }), /10 minutes in the future/)
  assert.equal(decode({ ...click, at: Date.UTC(1990, 0, 1) }).event.at, Date.UTC(1990, 0, 1))
  assert.match(refusal({ ...click, at: '1989-12-31T23:59:59Z' }), /before 1990/)
  assert.match(refusal({ ...click, at: 0 }), /before 1990/)
})

test('a time without a zone, or that no calendar has, is refused', () => {
  assert.match(refusal({ ...click, at: '2024-05-01T12:00:00' }), /ISO 8601 time with its zone/)
  assert.match(refusal({ ...click, at: '2024-02-30T12:00:00Z' }), /ISO 8601/)
  assert.match(refusal({ ...click, at: '1714564800000' }), /ISO 8601/)
  assert.match(refusal({ ...click, at: Number.NaN }), /NaN must be >=/)
  assert.match(refusal({ ...click, at: true }), /ISO 8601 string or a number/)
})

test('a value has the range of its action', () => {
  const rate = { ...click, type: 'rate' }
  assert.equal(decode({ ...rate, value: -10 }).event.value, -10)
  assert.match(refusal({ ...rate, value: 10.5 }), /value 10.5 must be >= -10 and <= 10/)
  assert.match(refusal({ ...rate, value: Number.NaN }), /value NaN must be >=/)
  assert.match(refusal(rate), /value is required for rate/)
  assert.equal(decode({ ...click, type: 'read', value: 86_400_000 }).event.value, 86_400_000)
  assert.match(refusal({ ...click, type: 'play', value: 1.01 }), />= 0 and <= 1/)
  assert.match(refusal({ ...click, type: 'swipe-past', value: '0.5' }), /must be a number/)
  assert.match(refusal({ ...click, value: 1 }), /means nothing for click/)
})

test('a comment holds up to 10,000 characters, and a click no words at all', () => {
  const comment = { ...click, type: 'comment' }
  assert.equal(decode({ ...comment, text: 'x'.repeat(10_000) }).event.text?.length, 10_000)
  assert.match(refusal({ ...comment, text: 'x'.repeat(10_001) }), /at most 10000/)
  assert.match(refusal({ ...click, text: 'hm' }), /text means nothing for click/)
})

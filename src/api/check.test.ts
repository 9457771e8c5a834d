import assert from 'node:assert/strict'
import { test } from 'node:test'
import { StarlingError } from '../error.ts'
import { inputCheck } from './check.ts'
import { listItems } from './operations/catalogue.ts'
import { feed } from './operations/feeds.ts'
import { putItems } from './operations/items.ts'
import { userProfile } from './operations/stream/profiles.ts'
import { tryModel } from './operations/stream/releases.ts'

const checkFeed = inputCheck(feed.input)
const asked = { scene: 'home', user: '7' }

function refusalOf(input: unknown, check: (input: unknown) => unknown = checkFeed) {
  try {
    check(input)
  } catch (error) {
    assert(error instanceof StarlingError)
    assert.equal(error.code, 'invalid_argument')
    return { field: error.field, message: error.message.replace('[invalid_argument] ', '') }
  }
  throw assert.fail('it was not refused')
}

test('what is described passes, untouched', () => {
  const input = { ...asked, size: 100, exclude: ['a'], context: { device: 'ios' }, items: true }
  assert.equal(checkFeed(input), input)
})

test('a refusal names the field, the value and the allowed range', () => {
  assert.deepEqual(refusalOf({ ...asked, size: 0 }), {
    field: 'size',
    message: 'size 0 must be >= 1 and <= 100',
  })
  assert.equal(
    refusalOf({ ...asked, size: 1.5 }).message,
    'size 1.5 must be a whole number >= 1 and <= 100',
  )
  assert.equal(refusalOf({ ...asked, items: 'yes' }).message, 'items "yes" must be true or false')
})

test('a bound that may not be reached itself is told as well', () => {
  const asked = { name: 'ranker', version: 7, phase: 'canary' }
  const { message } = refusalOf({ ...asked, share: 0 }, inputCheck(tryModel.input))
  assert.equal(message, 'share 0 must be a number > 0 and <= 1')
})

test('a text of a closed list and a time are judged by what they may be', () => {
  const checkList = inputCheck(listItems.input)
  assert.doesNotThrow(() => checkList({ sort: 'title' }))
  assert.match(
    refusalOf({ sort: 'colour' }, checkList).message,
    /^sort "colour" must be one of popular, rating/,
  )
  const checkProfile = inputCheck(userProfile.input)
  for (const at of ['2026-01-01', '2026-01-01T23:59:59.9Z', '2026-01-01T10:00+02:00']) {
    assert.doesNotThrow(() => checkProfile({ id: 'u', at }))
  }
  for (const at of ['yesterday', '2026-13-01', '2026-01-01T10:00', '2026-01-01T24:00Z']) {
    assert.equal(
      refusalOf({ id: 'u', at }, checkProfile).message,
      `at "${at}" must be an ISO 8601 time with its zone, such as "2024-05-01T12:00:00Z"`,
    )
  }
})

test('a field inside another is named by its path', () => {
  assert.equal(refusalOf({ ...asked, exclude: ['a', ''] }).field, 'exclude[1]')
  assert.equal(refusalOf({ ...asked, context: { device: 5 } }).field, 'context.device')
})

test('a missing field and an unknown one are told apart', () => {
  assert.match(refusalOf({ scene: 'home' }).message, /^user is missing: it must be a text of 1 to/)
  assert.match(refusalOf({ ...asked, sise: 1 }).message, /^sise is unknown: known are scene, user,/)
})

test('an id holds no control character and no half of a surrogate pair, but any script', () => {
  for (const user of ['a\u0000', '\u007f', 'a\ud800', '\udc00a', 'x'.repeat(257)]) {
    assert.equal(refusalOf({ ...asked, user }).field, 'user')
  }
  for (const user of ['日本', '🙂', '007', 'a b/c:d', '1115629498121846784']) {
    checkFeed({ ...asked, user })
  }
})

test('a long value does not come back in the message', () => {
  const user = 'x'.repeat(5000)
  assert.match(refusalOf({ ...asked, user }).message, /^user with 5000 characters must be a text/)
  assert(refusalOf({ ...asked, [user]: 1 }).message.length < 250)
})

test('what the engine judges is taken as it comes, in whatever shape', () => {
  const check = inputCheck(putItems.input)
  const items = [null, 5, { id: 7 }, { id: 'a', attributes: [] }]
  assert.deepEqual(check({ items }), { items })
  assert.equal(
    refusalOf({ items: 5 }, check).message,
    'items 5 must be a list of 0 to 10000 entries',
  )
  const tooMany = { items: Array.from({ length: 10_001 }) }
  assert.match(refusalOf(tooMany, check).message, /^items with 10001 entries must be a list/)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Asked, AskedPage } from '../transport.ts'
import { keepPages } from './kept-pages.ts'
import { openLedger } from './ledger.ts'

const itemCount = 40

function page(items: readonly number[], batchId = 1): AskedPage {
  return {
    ...{ batchId, delivery: 'now', older: null },
    items: items.map((item) => ({ id: `film-${item}`, token: 't' })),
  }
}

const home = (user = 'user-1'): Asked => ({
  kind: 'home',
  user,
  size: 3,
  scene: 'home',
  channel: '',
})

function ledger(bytesMax = 1_000) {
  const kept = keepPages()
  const judge = openLedger({
    ...{ itemCount, kept, bytesMax },
    itemOf: (id) => Number(id.slice('film-'.length)),
    mayShow: (_item, channel) => channel !== 'nothing',
  })
  return { kept, ledger: judge, found: () => Object.fromEntries(judge.counts) }
}

test('an item that a user was shown before is a repeat, on whatever scene, and for nobody else', () => {
  const { ledger: book, found } = ledger()
  book.judge(home(), page([1, 2, 3]), 0)
  book.judge(home('user-2'), page([1, 2, 3]), 0)
  assert.deepEqual(found(), {})
  book.judge({ ...home(), kind: 'channel', scene: 'channel', channel: 'Drama' }, page([9, 2]), 0)
  assert.deepEqual(found(), { repeat: 1 })
  assert.match(book.examples[0]!, /user-1 on channel Drama .* was shown film-2 again/)
  // What is like an item may be shown again, and so may what somebody looks back at.
  book.judge({ ...home(), kind: 'similar', item: 'film-7' }, page([1]), 0)
  assert.deepEqual(found(), { repeat: 1 })
})

test('an item is not to be seen on pages that were asked for after it was withdrawn', () => {
  const { ledger: book, found } = ledger()
  book.withdrawn(5, 100)
  book.judge(home(), page([5]), 90)
  assert.deepEqual(found(), {})
  book.judge(home('user-2'), page([5]), 110)
  book.judge({ ...home('user-3'), kind: 'similar' }, page([5]), 110)
  assert.deepEqual(found(), { withdrawn: 2 })
})

test('a page that is looked back at is as it was, but for what was withdrawn since', () => {
  const { kept, ledger: book, found } = ledger()
  kept.keep(home(), page([1, 2, 3], 4))
  const asked = { ...home(), kind: 'older' } as const
  book.judge(asked, page([1, 2, 3], 4), 0)
  book.withdrawn(2, 50)
  book.judge(asked, page([1, 3], 4), 100)
  book.judge(asked, page([7, 8], 3), 100)
  assert.deepEqual(found(), {})
  book.judge(asked, page([3, 1], 4), 100)
  book.judge(asked, page([1], 4), 100)
  assert.deepEqual(found(), { history: 2 })
})

test('a page is empty only where there is nothing more to show', () => {
  const { ledger: book, found } = ledger()
  book.judge({ ...home(), channel: 'nothing' }, page([]), 0)
  book.judge(home('user-2'), page(Array.from({ length: itemCount }, (_, item) => item)), 0)
  book.judge(home('user-2'), page([]), 0)
  assert.deepEqual(found(), {})
  book.judge(home('user-3'), page([]), 0)
  assert.deepEqual(found(), { empty: 1 })
})

test('where memory ends, it says how many pages it could not watch', () => {
  const { ledger: book, found } = ledger(2 * (itemCount / 8))
  for (const user of ['a', 'b', 'c', 'c']) book.judge(home(user), page([1]), 0)
  assert.deepEqual(found(), {})
  assert.equal(book.unwatchedPages, 2)
})

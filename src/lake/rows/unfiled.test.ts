import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TableRow } from '../lake.ts'
import { unfiled } from './unfiled.ts'

const click = (user: string, offset: number): TableRow => {
  return { table: 'actions', row: { at: 100 + offset, user, offset } }
}

const page = (user: string, offset: number, items: readonly string[]): TableRow => {
  const position = items.map((_item, place) => place)
  return { table: 'slots', row: { at: 100 + offset, user, offset, item: items, position } }
}

test('a row that stands for several counts as the database will count it', () => {
  const rows = unfiled()
  rows.add([click('ann', 0), page('ann', 1, ['a', 'b', 'c']), page('bob', 2, ['a'])])
  assert.equal(rows.count, 5)
  assert.deepEqual(rows.span('slots'), { rows: 4, from: 101, to: 102 })

  const given = rows.unpoured()
  rows.add([page('ann', 3, ['d', 'e'])])
  rows.poured(given)
  assert.deepEqual([rows.count, rows.unpouredCount], [7, 2])

  rows.filed(rows.held())
  assert.deepEqual([rows.count, rows.unpouredCount], [2, 2])
  assert.deepEqual(rows.span('actions'), { rows: 0 })
})

test('what the database has lost goes to it again', () => {
  const rows = unfiled()
  rows.add([page('ann', 0, ['a', 'b'])])
  rows.poured(rows.unpoured())
  assert.equal(rows.unpouredCount, 0)
  rows.lost()
  assert.equal(rows.unpouredCount, 2)
  assert.equal(rows.unpoured().get('slots')?.length, 1)
})

test('a user is forgotten with all places of their pages, as far as they are older', () => {
  const rows = unfiled()
  rows.add([page('ann', 0, ['a', 'b']), page('bob', 1, ['a']), click('ann', 2)])
  rows.poured(rows.unpoured())
  rows.add([page('ann', 3, ['c', 'd']), page('ann', 9, ['e'])])
  assert.equal(rows.forget(new Set(['ann']), 9), 5)
  assert.deepEqual([rows.count, rows.unpouredCount], [2, 1])
})

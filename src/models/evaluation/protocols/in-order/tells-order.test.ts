import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../../../kernel/random.ts'
import { tellsOrder } from './tells-order.ts'

const ids = Array.from({ length: 200 }, (_, item) => `${item}`)

/** Rows of ten different items each, by chance. */
function drawnRows(): number[][] {
  const random = seededRandom('rows')
  return Array.from({ length: 50 }, () => {
    const row = new Set<number>()
    while (row.size < 10) row.add(random.below(ids.length))
    return [...row]
  })
}

test('rows in any order may be those of time', () => {
  assert.equal(tellsOrder(drawnRows(), ids), true)
})

test('rows that are sorted by id are not, be it as numbers or as text, up or down', () => {
  const byNumber = drawnRows().map((row) => row.sort((one, other) => one - other))
  assert.equal(tellsOrder(byNumber, ids), false)
  const byText = drawnRows().map((row) =>
    row.sort((one, other) => (ids[one]! < ids[other]! ? -1 : 1)),
  )
  assert.equal(tellsOrder(byText, ids), false)
  assert.equal(
    tellsOrder(
      byText.map((row) => row.toReversed()),
      ids,
    ),
    false,
  )
  const named = ids.map((id) => `film-${id}`)
  assert.equal(tellsOrder(byNumber, named), false)
})

test('rows of one item each say nothing of an order', () => {
  assert.equal(tellsOrder([[1], [2], []], ids), false)
})

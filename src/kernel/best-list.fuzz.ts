import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { BestList } from './best-list.ts'

const change = fc.record({
  thing: fc.nat(30),
  // Few different scores, so that there are many ties; undefined deletes.
  score: fc.option(fc.integer({ min: -5, max: 5 }), { nil: undefined }),
})

function ordered(scores: Map<number, number>): readonly number[] {
  return [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([thing]) => thing)
}

test('a best list is always the beginning of the whole order', () => {
  const property = fc.property(
    fc.integer({ min: 1, max: 9 }),
    fc.array(change, { maxLength: 200, size: 'max' }),
    (capacity, changes) => {
      const list = new BestList(capacity)
      const scores = new Map<number, number>()
      for (const { thing, score } of changes) {
        if (score === undefined) {
          list.delete(thing)
          scores.delete(thing)
        } else {
          list.put(thing, score)
          scores.set(thing, score)
        }
        const held = Array.from({ length: list.size }, (_, place) => list.at(place))
        assert.deepEqual(held, ordered(scores).slice(0, list.size))
        assert.ok(list.size <= capacity)
        assert.ok(list.thin || list.size * 2 >= Math.min(capacity, scores.size))
        for (const other of scores.keys()) assert.equal(list.has(other), held.includes(other))
      }
    },
  )
  fc.assert(property, { numRuns: 300 })
})

test('a best list that is filled anew when thin never runs short for long', () => {
  const list = new BestList(4)
  const scores = new Map(Array.from({ length: 20 }, (_, thing) => [thing, thing]))
  for (const [thing, score] of scores) list.put(thing, score)
  for (let thing = 19; thing > 16; thing--) {
    list.put(thing, -thing)
    scores.set(thing, -thing)
  }
  assert.equal(list.thin, true)
  list.clear()
  for (const [thing, score] of scores) list.put(thing, score)
  assert.equal(list.thin, false)
  assert.deepEqual(
    Array.from({ length: list.size }, (_, place) => list.at(place)),
    [16, 15, 14, 13],
  )
})

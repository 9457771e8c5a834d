import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pageOf } from './made-up-pages.suite.ts'
import { createReranker, type Rankable, type Reranker } from './reranker.ts'

const [crime, space] = [
  [1, 0],
  [0, 1],
]
const mixed = [crime, space, crime, space, crime, space]

const ids = ({ items }: Reranker<Rankable>) => items.map(({ id }) => id).join(' ')

describe('the reranker', () => {
  it('lifts what is like the liked, and lowers what is like the passed over', () => {
    const ranker = createReranker()
    ranker.add(pageOf('a', mixed))
    ranker.did({ item: 'a1', type: 'like' })
    assert.equal(ids(ranker), 'a3 a1 a5 a0 a2 a4')
    const other = createReranker()
    other.add(pageOf('a', mixed))
    other.did({ item: 'a0', type: 'swipe-past', value: 0 })
    assert.equal(ids(other), 'a0 a1 a3 a5 a2 a4')
  })

  it('leaves everything where it is while nothing was done that says anything', () => {
    const ranker = createReranker()
    // The second stands where it does for another reason than its score.
    ranker.add(pageOf('a', mixed, [0.2, 0.01, 0.9, 0.1, 0.5, 0.3]))
    ranker.add(pageOf('b', mixed))
    const before = ids(ranker)
    assert.deepEqual(ranker.did({ item: 'a0', type: 'impression' }), [])
    assert.equal(ids(ranker), before)
  })

  it('never moves what was shown', () => {
    const ranker = createReranker()
    ranker.add(pageOf('a', mixed))
    for (const id of ['a0', 'a1', 'a4']) ranker.shown(id)
    ranker.did({ item: 'a1', type: 'like' })
    assert.equal(ids(ranker), 'a0 a1 a3 a5 a4 a2')
  })

  it('tells each page that changed, in the places that the page was served with', () => {
    const ranker = createReranker()
    ranker.add(pageOf('a', mixed))
    ranker.add(pageOf('b', [crime]))
    for (const id of ['a0', 'a1']) ranker.shown(id)
    const told = ranker.did({ item: 'a1', type: 'like' })
    assert.deepEqual(told, [{ type: 'rerank', token: 'a.0', order: [0, 1, 3, 5, 2, 4] }])
    assert.deepEqual(ranker.did({ item: 'a1', type: 'impression' }), [])
  })

  it('reorders over the pages that wait', () => {
    const ranker = createReranker()
    ranker.add(pageOf('a', [crime, crime, crime]))
    ranker.add(pageOf('b', [space, space]))
    ranker.shown('a0')
    ranker.did({ item: 'a0', type: 'dislike' })
    assert.equal(ids(ranker), 'a0 b0 b1 a1 a2')
  })

  it('lets a page that came later begin from what the server knew by then', () => {
    const ranker = createReranker()
    ranker.add(pageOf('a', [crime, space]))
    ranker.did({ item: 'a0', type: 'dislike' })
    ranker.add(pageOf('b', mixed))
    ranker.did({ item: 'a0', type: 'impression' })
    assert.equal(ids(ranker), 'a0 a1 b0 b1 b2 b3 b4 b5')
  })

  it('learns nothing across models, and holds what nothing is known of', () => {
    const ranker = createReranker()
    const page = pageOf('b', [[], space, crime])
    ranker.add(pageOf('a', [crime]))
    ranker.add({ ...page, vectors: { ...page.vectors, model: 'factors/2' } })
    ranker.did({ item: 'a0', type: 'dislike' })
    assert.equal(ids(ranker), 'a0 b0 b1 b2')
    const { items } = pageOf('c', [crime, space])
    ranker.add({ items })
    ranker.did({ item: 'c0', type: 'like' })
    assert.equal(ids(ranker), 'a0 b0 b1 b2 c0 c1')
  })

  it('keeps an item that comes with two pages where it was first', () => {
    const ranker = createReranker()
    ranker.add(pageOf('a', mixed))
    ranker.add(pageOf('a', [...mixed, crime]))
    assert.equal(ids(ranker), 'a0 a1 a2 a3 a4 a5 a6')
  })

  it('lifts by five stars, and lowers nothing for one', () => {
    for (const [value, expected] of [
      [5, 'a0 a2 a4 a1 a3 a5'],
      [1, 'a0 a1 a2 a3 a4 a5'],
    ] as const) {
      const ranker = createReranker()
      ranker.add(pageOf('a', mixed))
      ranker.did({ item: 'a0', type: 'rate', value })
      assert.equal(ids(ranker), expected)
    }
  })

  it('judges by the signals that an operator has set', () => {
    const ranker = createReranker()
    const page = pageOf('a', mixed)
    const signals = { play: { weight: -3 } }
    ranker.add({ ...page, vectors: { ...page.vectors, signals } })
    ranker.shown('a0')
    assert.deepEqual(ranker.did({ item: 'a0', type: 'like' }), [])
    ranker.did({ item: 'a0', type: 'play' })
    assert.equal(ids(ranker), 'a0 a1 a3 a5 a2 a4')
  })
})

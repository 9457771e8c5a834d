import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Action } from '../../events/event.ts'
import { dot } from '../../kernel/linear/dot.ts'
import { history } from '../projections/history.ts'
import type { Known } from '../projections/projection.ts'
import { type Factors, moodMs, userVector } from './user-vector.ts'

/** Items 0 and 1 point one way, 2 another; nothing was learned of 3. */
const factors: Factors = {
  ...{ dims: 2, itemCount: 4 },
  items: Float32Array.of(1, 0, 0.9, 0.1, 0, 1, 0, 0),
  foldIn: () => Float32Array.of(0.5, 0.5),
  footing: { alpha: 4, stiffness: 4 },
}

const now = 10 * moodMs

/** What a user who liked item 2 long ago expects of an item, after these deeds. */
function match(item: number, ...deeds: readonly (readonly [number, Action, number])[]): number {
  const liked = { item: 2, action: 'like' as Action, value: undefined, at: 0 }
  const known: Known = {
    get: (projection) =>
      // The one value that is asked for here, beside a parameter that nobody has set.
      (projection.name === history.name
        ? [liked, ...deeds.map(([of, action, at]) => ({ item: of, action, value: undefined, at }))]
        : undefined) as never,
  }
  const context = { user: 'u', at: now, scene: 'home', channel: '', fields: {} }
  const { vector } = userVector(() => factors)(context, known)!
  return dot(factors.items, item * 2, vector, 0, 2)
}

describe('the vector of a user', () => {
  it('moves away from what displeased them just now, and from what is like it', () => {
    for (const item of [0, 1]) assert.ok(match(item, [0, 'dislike', now]) < match(item))
    assert.equal(match(2, [0, 'dislike', now]), match(2))
  })

  it('is moved by no more than moods: a report is a word on one item', () => {
    assert.equal(match(0, [0, 'report', now], [1, 'unlike', now]), match(0))
  })

  it('is made of what they liked alone, each by how much: no dislike is averaged in (B-M14)', () => {
    const folded: (readonly [number, number])[][] = []
    const foldIn = (items: Uint32Array, weights: Float32Array): Float32Array => {
      folded.push(Array.from(items, (item, place) => [item, weights[place]!] as const))
      return Float32Array.of(0.5, 0.5)
    }
    const past: readonly (readonly [number, number])[] = [
      ...([
        [2, 5],
        [0, 0.5],
        [1, 2.5],
        [3, 5],
      ] as const),
    ]
    const deeds = past.map(([item, value], at) => ({ item, action: 'rate', value, at }))
    const known: Known = {
      get: (projection) => (projection.name === history.name ? deeds : undefined) as never,
    }
    const context = { user: 'u', at: now, scene: 'home', channel: '', fields: {} }
    const { vector } = userVector(() => ({ ...factors, foldIn }))(context, known)!
    // Nothing was learned of item 3, which therefore neither counts nor divides.
    assert.deepEqual(folded, [[[2, 2]]])
    assert.deepEqual([...vector], [0.5, 0.5])
  })

  it('forgets a mood after half an hour', () => {
    assert.notEqual(match(0, [0, 'swipe-past', now - moodMs + 1]), match(0))
    assert.equal(match(0, [0, 'swipe-past', now - moodMs]), match(0))
  })

  it('holds nothing against what is liked for all that, or was never learned', () => {
    assert.equal(match(2, [2, 'swipe-past', now], [2, 'like', now]), match(2))
    assert.equal(match(0, [3, 'dislike', now]), match(0))
    assert.equal(match(0, [40, 'dislike', now]), match(0))
  })
})

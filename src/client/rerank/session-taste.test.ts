import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Action } from '../../events/event.ts'
import { dot } from '../../kernel/linear/dot.ts'
import { packVector, unpackVector } from '../../kernel/linear/packed-vector.ts'
import { seededRandom } from '../../kernel/random.ts'
import { type Factors, userVector } from '../../state/features/user-vector.ts'
import { history } from '../../state/projections/history.ts'
import type { Known } from '../../state/projections/projection.ts'
import { dims, footing, pageOf, randomNumbers } from './made-up-pages.suite.ts'
import { createReranker } from './reranker.ts'
import { sessionTaste } from './session-taste.ts'

const random = seededRandom('session')
const itemCount = 40
const minuteMs = 60_000
const now = 100 * minuteMs

/** What a vector is on both sides once it has been on the wire. */
const throughWire = (numbers: readonly number[]): Float32Array =>
  unpackVector(packVector(Float32Array.from(numbers)), dims)!

const user = throughWire(randomNumbers(random))
const vectors = Array.from({ length: itemCount }, () => throughWire(randomNumbers(random)))

const factors: Factors = {
  ...{ dims, itemCount, footing },
  items: Float32Array.from(vectors.flatMap((vector) => [...vector])),
  foldIn: () => user.slice(),
}

/** The user's vector on the server, who liked item 0 long ago and has done this since. */
function onServer(deeds: readonly (readonly [item: number, Action, number?])[]): Float32Array {
  const liked = { item: 0, action: 'like' as Action, value: undefined, at: 0 }
  const since = deeds.map(([item, action, value]) => ({ item, action, value, at: now }))
  const known: Known = {
    // The one value that is asked for here, beside a parameter that nobody has set.
    get: (projection) =>
      (projection.name === history.name ? [liked, ...since] : undefined) as never,
  }
  const context = { user: 'u', at: now + minuteMs, scene: 'home', channel: '', fields: {} }
  return userVector(() => factors)(context, known)!.vector
}

describe('the taste of a session', () => {
  const passed = [
    [3, 'swipe-past', 0.1],
    [7, 'play', 0],
    [9, 'dislike'],
    [11, 'read', 200],
    [3, 'swipe-past', 0],
  ] as const
  const served = vectors.map((vector) => [...vector])
  const page = pageOf('i', served, undefined, [...user])

  it('is moved by what was passed over as the server moves it, to the last bit', () => {
    const moved = onServer(passed)
    assert.notDeepEqual(moved, user)
    const taste = sessionTaste(
      { ...page.vectors, weight: 1 },
      page.items.map(({ id }) => id),
    )
    for (const [item, type, value] of passed) {
      const deed = { item: `i${item}`, type, ...(value !== undefined && { value }) }
      taste.learn(deed, taste.vector(deed.item)!)
    }
    for (const [item, vector] of vectors.entries()) {
      const gain = dot(vector, 0, moved, 0, dims) - dot(vector, 0, user, 0, dims)
      assert.equal(taste.gain(`i${item}`), gain)
    }
  })

  it('gives the order that the server gives', () => {
    const equal = pageOf('i', served, new Array<number>(itemCount).fill(0.5), [...user])
    const ranker = createReranker()
    ranker.add(equal)
    for (const [item, type, value] of passed) {
      ranker.did({ item: `i${item}`, type, ...(value !== undefined && { value }) })
    }
    const moved = onServer(passed)
    const acted = new Set(passed.map(([item]) => item as number))
    const gain = (item: number): number =>
      dot(vectors[item]!, 0, moved, 0, dims) - dot(vectors[item]!, 0, user, 0, dims)
    const rest = vectors.map((_, item) => item).filter((item) => !acted.has(item))
    const onPhone = ranker.items.map(({ id }) => Number(id.slice(1)))
    assert.deepEqual(
      onPhone.filter((item) => !acted.has(item)),
      rest.sort((one, other) => gain(other) - gain(one)),
    )
  })
})

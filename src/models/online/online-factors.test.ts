import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { fitIals } from '../als/ials.ts'
import { ndcgAt } from '../evaluation/ranked-list.ts'
import { interactionsOf } from '../interactions.ts'
import { type OnlineStart, onlineFactors } from './online-factors.ts'

const [userCount, itemCount, tastes] = [80, 60, 4]
const random = seededRandom('online')

/** Everybody keeps to one of four tastes; the last items come late. */
const likes = Array.from({ length: 1_600 }, (_, index) => {
  const user = random.below(userCount)
  const most = index < 1_000 ? 48 : itemCount
  const item = (user % tastes) + tastes * random.below(most / tastes)
  return [user, item, 1 + random.below(3)] as const
})
const penalty = { regularization: 0.1, frequencyPower: 1, alpha: 4 }
const column = (of: readonly (readonly [number, number, number])[], place: 0 | 1 | 2) =>
  of.map((like) => like[place])

async function startAfter(count: number): Promise<OnlineStart> {
  const known = likes.slice(0, count)
  const [users, items, weights] = [column(known, 0), column(known, 1), column(known, 2)]
  const cells = {
    users: Uint32Array.from(users),
    items: Uint32Array.from(items),
    weights: Float32Array.from(weights),
  }
  const matrix = interactionsOf(cells, { userCount, itemCount }, 'max')
  const model = await fitIals(matrix, { ...penalty, dims: 8, sweeps: 10, seed: 1 })
  return { ...penalty, model, users, items, weights }
}

/** How well likes of the own taste stand in front, for somebody of each taste. */
function quality({ score }: { score(items: Uint32Array, weights: Float32Array): Float32Array }) {
  const values = Array.from({ length: tastes }, (_, taste) => {
    const history = Uint32Array.of(taste, taste + tastes, taste + 2 * tastes)
    const scores = score(history, Float32Array.of(2, 2, 2))
    const late = Array.from({ length: itemCount - 48 }, (_, index) => 48 + index)
    const ranked = late.sort((a, b) => scores[b]! - scores[a]!)
    return ndcgAt(ranked, new Set(late.filter((item) => item % tastes === taste)), 10)
  })
  return values.reduce((sum, value) => sum + value, 0) / tastes
}

const early = await startAfter(1_000)
const grown = (from: number, batch: number) => {
  const online = onlineFactors(early)
  for (let at = from; at < likes.length; at += batch) {
    for (const [user, item, weight] of likes.slice(at, at + batch)) online.learn(user, item, weight)
    online.model()
  }
  return online
}

test('items that came late are known at once, nearly as well as after learning all anew', async () => {
  const stale = quality(early.model)
  const online = quality(grown(1_000, 100).model())
  const whole = quality((await startAfter(1_600)).model)
  assert.ok(online > stale + 0.2, `${stale}, ${online}`)
  assert.ok(online > whole - 0.1, `${online}, ${whole}`)
})

test('the same likes give the same bits, in whatever pieces they are taken in', () => {
  const [one, other] = [grown(1_000, 1).model(), grown(1_000, 250).model()]
  assert.deepEqual(one.items, other.items)
  assert.deepEqual(one.gram, other.gram)
})

test('a model that was taken does not change, and may hold items that nobody liked yet', () => {
  const online = onlineFactors(early)
  const before = online.model(itemCount + 5)
  const copy = before.items.slice()
  online.learn(3, 7, 2)
  online.learn(userCount + 4, itemCount + 2, 2)
  assert.deepEqual(before.items, copy)
  assert.equal(before.itemCount, itemCount + 5)
  assert.equal(online.itemCount, itemCount + 3)
  assert.ok(online.model().items.every(Number.isFinite))
  assert.throws(() => online.learn(1, 1, 0), /weight 0 must be finite and > 0/)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Random, seededRandom } from '../../kernel/random.ts'
import { dims, pageOf } from './made-up-pages.suite.ts'
import { createReranker } from './reranker.ts'

const sessionCount = 200
const pageSize = 30
const deedCount = 8

/** Somebody whose mood is not what the server knew them by, before a page of the old mood. */
function session(random: Random) {
  const numbers = () => Array.from({ length: dims }, () => random.next() - 0.5)
  const [known, mood] = [numbers(), numbers()]
  const vectors = Array.from({ length: pageSize }, numbers)
  const match = (user: readonly number[], item: readonly number[]) =>
    user.reduce((sum, value, k) => sum + value * item[k]!, 0)
  const chance = (odds: number) => 1 / (1 + Math.exp(-odds))
  const best = vectors.sort((one, other) => match(known, other) - match(known, one))
  const scores = best.map((vector) => chance(4 * match(known, vector)))
  const rewards = best.map((vector) => chance(8 * match(mood, vector)))
  return { page: pageOf('i', best, scores, known), rewards }
}

/** What a person gets who looks at one item after the other, and tires: 1 / log2(2 + place). */
function gained(rewards: readonly number[]): number {
  return rewards.reduce((sum, reward, place) => sum + reward / Math.log2(2 + place), 0)
}

test('the rest of a page is better for what was played, liked and swiped past above it', () => {
  const random = seededRandom('sessions')
  let [untouched, reordered, better] = [0, 0, 0]
  for (let round = 0; round < sessionCount; round++) {
    const { page, rewards } = session(random)
    const rewardOf = (id: string) => rewards[Number(id.slice(1))]!
    const ranker = createReranker()
    ranker.add(page)
    for (let place = 0; place < deedCount; place++) {
      const { id } = ranker.items[place]!
      if (random.next() < rewardOf(id)) ranker.did({ item: id, type: 'play', value: 0.9 })
      else ranker.did({ item: id, type: 'swipe-past', value: 0.05 })
    }
    const rest = ranker.items.slice(deedCount).map(({ id }) => id)
    const asServed = page.items.map(({ id }) => id).filter((id) => rest.includes(id))
    const [one, other] = [gained(asServed.map(rewardOf)), gained(rest.map(rewardOf))]
    untouched += one
    reordered += other
    if (other > one) better++
  }
  assert.ok(reordered > 1.05 * untouched, `${reordered} against ${untouched}`)
  assert.ok(better > 0.75 * sessionCount, `${better} of ${sessionCount} sessions were better`)
})

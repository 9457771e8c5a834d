import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { interactionsOf } from '../interactions.ts'
import { fitIals } from './ials.ts'
import { scoringAll } from './scoring-all.ts'

test('many at once are answered as one by one, but for the last digits', async () => {
  const random = seededRandom('ials')
  const length = 200
  const cells = {
    users: Uint32Array.from({ length }, () => random.below(20)),
    items: Uint32Array.from({ length }, () => random.below(13)),
  }
  const interactions = interactionsOf(cells, { userCount: 20, itemCount: 13 }, 'max')
  const penalty = { alpha: 5, regularization: 0.1, frequencyPower: 1 }
  const model = await fitIals(interactions, { dims: 6, sweeps: 3, ...penalty, seed: 1 })
  const histories = Array.from({ length: 20 }, (_, user) => ({
    items: Uint32Array.from({ length: user % 4 }, (_, place) => (3 * place + user) % 13),
    weights: new Float32Array(user % 4).fill(1),
  }))
  const fast = scoringAll(model)
  for (const [user, scores] of fast.scoreAll!(histories).entries()) {
    const { items, weights } = histories[user]!
    const expected = model.score(items, weights)
    assert.equal(scores.length, 13)
    for (const [item, score] of scores.entries()) {
      assert.ok(Math.abs(score - expected[item]!) < 1e-5)
    }
    assert.deepEqual(fast.score(items, weights), scores)
  }
})

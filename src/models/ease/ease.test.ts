import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawnTable } from '../drawn-table.suite.ts'
import { interactionsOf } from '../interactions.ts'
import { historyModelSuite } from '../model.suite.ts'
import { easeItemCountMax, fitEase } from './ease.ts'
import { loadEase } from './ease-model.ts'

const regularization = 5

historyModelSuite({
  kind: 'ease',
  fit: (interactions, run) => fitEase(interactions, { regularization, ...run }),
  load: loadEase,
})

const [userCount, itemCount] = [40, 12]
const shape = { userCount, itemCount, share: 0.4, weightMax: 3 }
const { table, interactions } = drawnTable('ease', shape)

/** Half of |X - XB|² + λ|B|²: what the weights are the least of. */
function loss(weights: Float32Array): number {
  let sum = 0
  for (const row of table) {
    for (let item = 0; item < itemCount; item++) {
      let guess = 0
      for (let other = 0; other < itemCount; other++) {
        guess += row[other]! * weights[other * itemCount + item]!
      }
      sum += (row[item]! - guess) ** 2
    }
  }
  return (sum + regularization * weights.reduce((total, weight) => total + weight ** 2, 0)) / 2
}

test('no other weights without a diagonal give the users back better', async () => {
  const { weights } = await fitEase(interactions, { regularization })
  const least = loss(weights)
  for (let pair = 0; pair < weights.length; pair++) {
    const isDiagonal = pair % (itemCount + 1) === 0
    if (isDiagonal) assert.equal(weights[pair], 0)
    for (const step of isDiagonal ? [] : [-0.01, 0.01]) {
      const moved = weights.slice()
      moved[pair]! += step
      assert.ok(loss(moved) > least, `pair ${pair}`)
    }
  }
})

test('what it cannot take is refused, with what it can', async () => {
  for (const wrong of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
    await assert.rejects(fitEase(interactions, { regularization: wrong }), {
      code: 'invalid_argument',
      field: 'regularization',
    })
  }
  const none = { users: new Uint32Array(), items: new Uint32Array() }
  const shape = { userCount: 1, itemCount: easeItemCountMax + 1 }
  await assert.rejects(fitEase(interactionsOf(none, shape, 'sum'), { regularization }), {
    message: `[invalid_argument] interactions have 12001 items, of which EASE takes 12000`,
  })
})

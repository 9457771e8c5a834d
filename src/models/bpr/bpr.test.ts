import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { interactionsOf } from '../interactions.ts'
import { historyModelSuite } from '../model.suite.ts'
import { type BprOptions, fitBpr } from './bpr.ts'
import { loadBpr } from './bpr-model.ts'

const options: BprOptions = {
  ...{ dims: 6, passes: 60, rate: 0.1, regularization: 0.01, negatives: 4, seed: 1 },
  objective: 'pairwise',
  sampling: 'uniform',
}

for (const objective of ['pairwise', 'pointwise', 'warp'] as const) {
  historyModelSuite(
    {
      kind: 'bpr',
      fit: (interactions, run) =>
        fitBpr(interactions, {
          ...{ ...options, objective },
          // WARP takes larger steps: up to ten times the rate.
          ...(objective === 'warp' && { rate: 0.02, negatives: 20 }),
          ...run,
        }),
      load: loadBpr,
    },
    { inRounds: true },
  )
}

/** Users and items of five groups: nine of ten meetings stay within the group. */
function groups(userCount: number, itemCount: number) {
  const random = seededRandom('groups')
  const cells: [number, number][] = []
  for (let user = 0; user < userCount; user++) {
    for (let meeting = 0; meeting < 20; meeting++) {
      const group = random.next() < 0.9 ? user % 5 : random.below(5)
      cells.push([user, group + 5 * random.below(itemCount / 5)])
    }
  }
  const [users, items] = [0, 1].map((k) => Uint32Array.from(cells, (cell) => cell[k]!))
  return interactionsOf({ users: users!, items: items! }, { userCount, itemCount }, 'max')
}

/** The share of pairs, of an item of the user's group and another, that stand the right way. */
function rightOrder(scores: Float32Array, user: number): number {
  let [right, all] = [0, 0]
  for (let own = user % 5; own < scores.length; own += 5) {
    for (let other = 0; other < scores.length; other++) {
      if (other % 5 === user % 5) continue
      all++
      if (scores[own]! > scores[other]!) right++
    }
  }
  return right / all
}

test('each objective learns groups, for known users and for histories alike', async () => {
  const matrix = groups(300, 100)
  for (const objective of ['pairwise', 'pointwise', 'warp'] as const) {
    for (const sampling of ['uniform', 'popularity'] as const) {
      const rate = objective === 'warp' ? 0.02 : 0.1
      const chosen = { ...options, objective, sampling, rate, passes: 30, dims: 8 }
      const model = await fitBpr(matrix, chosen)
      for (const user of [0, 1, 7, 133, 299]) {
        const items = matrix.columns.subarray(matrix.starts[user], matrix.starts[user + 1])
        const found = [
          rightOrder(model.scoreUser(user), user),
          rightOrder(model.score(items, new Float32Array(items.length).fill(1)), user),
        ]
        assert.ok(Math.min(...found) > 0.9, `${objective} ${sampling}, user ${user}: ${found}`)
      }
    }
  }
})

test('threads that race learn groups too', async () => {
  const matrix = groups(300, 100)
  const model = await fitBpr(matrix, { ...options, passes: 30, dims: 8, threads: 2 })
  for (const user of [0, 1, 133]) assert.ok(rightOrder(model.scoreUser(user), user) > 0.9)
})

test('an item that everybody met stands first for whoever met one other thing', async () => {
  const cells: [number, number][] = []
  for (let user = 0; user < 60; user++) cells.push([user, 0], [user, 1 + (user % 20)])
  const [users, items] = [0, 1].map((k) => Uint32Array.from(cells, (cell) => cell[k]!))
  const shape = { userCount: 60, itemCount: 21 }
  const matrix = interactionsOf({ users: users!, items: items! }, shape, 'max')
  const model = await fitBpr(matrix, { ...options, passes: 40 })
  const scores = model.score(Uint32Array.of(5), Float32Array.of(1))
  scores[5] = 0
  assert.equal(scores.indexOf(Math.max(...scores)), 0)
})

test('options out of range are refused by name', async () => {
  const refused = (change: Partial<BprOptions>, message: RegExp): Promise<void> =>
    assert.rejects(fitBpr(groups(5, 5), { ...options, ...change }), message)
  await refused({ dims: 0 }, /dims 0 must be a whole number >= 1 and <= 1024/)
  await refused({ passes: 0 }, /passes 0 must be/)
  await refused({ negatives: 1_001 }, /negatives 1001 must be/)
  await refused({ rate: Number.NaN }, /rate NaN must be finite and > 0/)
  await refused({ rateLeft: 2 }, /rateLeft 2 must be > 0 and <= 1/)
  await refused({ regularization: -1 }, /regularization -1 must be finite and >= 0/)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import type { Ratings, RatingsData } from '../evaluation/formats/ratings-data.ts'
import { type BayesianOptions, bayesianTrainer } from './bayesian-factors.ts'

const options: BayesianOptions = {
  ...{ dims: 3, burnIn: 20, draws: 20, every: 1, history: true, days: false },
}
const trainer = bayesianTrainer(options)
const [userCount, itemCount] = [40, 30]
const day = 86_400

/**
 * Stars of two tastes: users and items of one kind agree, and some items are better for all; with
 * noise. Cells are drawn without repetition; every second goes to each part.
 */
function planted(mood = 0): { readonly data: RatingsData; readonly unseen: Ratings } {
  const random = seededRandom('stars')
  const parts = [0, 1].map(() => ({
    ...{
      users: [] as number[],
      items: [] as number[],
      values: [] as number[],
      times: [] as number[],
    },
  }))
  for (let user = 0; user < userCount; user++) {
    for (let item = 0; item < itemCount; item++) {
      if (random.next() < 0.3) continue
      const agree = user % 2 === item % 2 ? 1 : -1
      // On odd days all is worth less to everybody, and days are drawn by chance.
      const time = 1000 * day + random.below(2) * day
      const stars = 3 + agree + (item > 20 ? 0.5 : 0) + 0.5 * (random.next() - 0.5)
      const part = parts[random.below(2)]!
      part.users.push(user)
      part.items.push(item)
      part.values.push(stars - ((time / day) % 2) * mood)
      part.times.push(time)
    }
  }
  const [train, unseen] = parts.map(
    ({ users, items, values, times }): Ratings => ({
      users: Uint32Array.from(users),
      items: Uint32Array.from(items),
      values: Float32Array.from(values),
      times: Float64Array.from(times),
    }),
  )
  const ids = (count: number): string[] => Array.from({ length: count }, (_, id) => String(id))
  const data = { train: train!, userIds: ids(userCount), itemIds: ids(itemCount) }
  return { data, unseen: unseen! }
}

const { data, unseen } = planted()

function rmse(found: Float32Array, { values }: Ratings): number {
  const squares = values.reduce((sum, stars, row) => sum + (stars - found[row]!) ** 2, 0)
  return Math.sqrt(squares / values.length)
}

test('stars that were withheld are foretold up to their noise', async () => {
  for (const history of [true, false]) {
    const model = await bayesianTrainer({ ...options, history }).fit(data, { seed: 1 })
    // Noise alone has a deviation of 0.14, and tastes one of 1.
    const error = rmse(model.rate(unseen), unseen)
    assert.ok(error < 0.25, `${history} ${error}`)
  }
})

test('with days, what a day does to a user is told apart from what they like', async () => {
  const moody = planted(1)
  const errorOf = async (days: boolean): Promise<number> => {
    const model = await bayesianTrainer({ ...options, days }).fit(moody.data, { seed: 1 })
    return rmse(model.rate(moody.unseen), moody.unseen)
  }
  const [without, withDays] = [await errorOf(false), await errorOf(true)]
  assert.ok(withDays < 0.4 && without > 0.5, `${without}, ${withDays}`)
})

test('what is foretold is the mean of what each draw foretells, within the range of stars', async () => {
  const model = await trainer.fit(data, { seed: 1 })
  const stars = model.rate(unseen)
  const [least, most] = [Math.min(...data.train.values), Math.max(...data.train.values)]
  for (const each of stars) assert.ok(each >= least && each <= most)
})

test('somebody unknown gets the mean of the item, and both unknown the mean of all', async () => {
  const model = await trainer.fit(data, { seed: 1 })
  const of = (user: number, item: number): number =>
    model.rate({
      ...{ users: Uint32Array.of(user), items: Uint32Array.of(item) },
      times: Float64Array.of(0),
    })[0]!
  assert.ok(of(99, 25) > of(99, 5))
  const [mean] = [data.train.values.reduce((sum, stars) => sum + stars, 0)]
  assert.ok(Math.abs(of(99, 99) - mean / data.train.values.length) < 0.4)
})

test('of one seed it is one model, and loads bit by bit', async () => {
  const [one, same, other] = await Promise.all([1, 1, 2].map((seed) => trainer.fit(data, { seed })))
  const saved = one!.save()
  assert.deepEqual(same!.save(), saved)
  assert.notDeepEqual(other!.save().weights, saved.weights)
  const header = JSON.parse(JSON.stringify(saved.header))
  const loaded = trainer.load({ header, weights: saved.weights })
  assert.deepEqual(loaded.save(), saved)
  assert.deepEqual(loaded.rate(unseen), one!.rate(unseen))
  const short = { header, weights: saved.weights.subarray(4) }
  assert.throws(() => trainer.load(short), { code: 'data_loss' })
  const stranger = { header: { ...header, kind: 'stranger' }, weights: saved.weights }
  assert.throws(() => trainer.load(stranger), { code: 'failed_precondition' })
})

test('it stops with the reason of the signal, and refuses what is out of range', async () => {
  const reason = new Error('enough')
  const signal = AbortSignal.abort(reason)
  await assert.rejects(trainer.fit(data, { seed: 1, signal }), reason)
  const refused = bayesianTrainer({ ...options, dims: 0 }).fit(data, { seed: 1 })
  await assert.rejects(refused, /dims 0 must be a whole number >= 1 and <= 256/)
})

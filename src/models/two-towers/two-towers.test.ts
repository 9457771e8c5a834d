import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { interactionsOf } from '../interactions.ts'
import { historyModelSuite } from '../model.suite.ts'
import { fitTwoTowers, type TwoTowersOptions } from './two-towers.ts'
import { loadTwoTowers } from './two-towers-model.ts'

const options: Partial<TwoTowersOptions> = {
  ...{ dims: 8, hidden: 16, dropout: 0, negatives: 32, batch: 64, epochs: 10, rate: 0.02 },
}

historyModelSuite({
  kind: 'two-towers',
  fit: (train, run) => fitTwoTowers({ train }, { ...options, ...run }),
  load: loadTwoTowers,
})

/** Users of four tastes; of the items of a taste the first is met by nearly everybody of it. */
function tastes() {
  const random = seededRandom('tastes')
  const cells: [number, number][] = []
  for (let user = 0; user < 240; user++) {
    for (let item = 0; item < 20; item++) {
      if (random.next() < (item === 0 ? 0.9 : 0.3)) cells.push([user, item * 4 + (user % 4)])
    }
  }
  return interactionsOf(
    {
      users: Uint32Array.from(cells, ([user]) => user),
      items: Uint32Array.from(cells, ([, item]) => item),
    },
    { userCount: 240, itemCount: 80 },
    'max',
  )
}

test('chances are those that were met with, the popular first within a taste', async () => {
  const model = await fitTwoTowers({ train: tastes() }, { ...options, epochs: 4, seed: 1 })
  for (const taste of [0, 1, 2, 3]) {
    const history = Uint32Array.of(4 * 5 + taste, 4 * 9 + taste)
    const scores = model.score(history, Float32Array.of(1, 1))
    const own = scores.reduce((sum, score, item) => (item % 4 === taste ? sum + score : sum), 0)
    assert.ok(own > 0.9, `${own} of taste ${taste}`)
    const first = scores[taste]!
    const second = Math.max(...scores.filter((_, item) => item !== taste))
    assert.ok(first > 1.3 * second, `${first} is not above ${second}`)
  }
})

test('learning stops where what was held back is told worse', async () => {
  const train = tastes()
  const judged: number[] = []
  const report = (value: number): void => void judged.push(value)
  const validation = [0, 1, 2, 3].map((taste) => ({
    past: Uint32Array.of(4 * 5 + taste, 4 * 9 + taste),
    target: taste,
  }))
  const run = { ...options, epochs: 60, patience: 2, report, seed: 1 }
  const model = await fitTwoTowers({ train, validation }, run)
  assert.ok(judged.length < 60, `${judged.length} epochs`)
  assert.equal(Math.max(...judged), judged.at(-3))
  assert.ok(model.score(validation[0]!.past, Float32Array.of(1, 1))[0]! > 0.2)
})

test('options out of range and data that ask for nothing are refused by name', async () => {
  const refused = (change: Partial<TwoTowersOptions>, message: RegExp): Promise<void> =>
    assert.rejects(fitTwoTowers({ train: tastes() }, { ...options, ...change, seed: 1 }), message)
  await refused({ dims: 0 }, /dims 0 must be a whole number >= 1 and <= 1024/)
  await refused({ dropout: 1 }, /dropout 1 must be >= 0 and < 1/)
  await refused({ negatives: 0 }, /negatives 0 must be/)
  const none = { users: new Uint32Array(), items: new Uint32Array() }
  const train = interactionsOf(none, { userCount: 2, itemCount: 2 }, 'max')
  await assert.rejects(fitTwoTowers({ train }, { seed: 1 }), /interactions must hold one at least/)
})

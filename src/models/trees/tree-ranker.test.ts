import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { auc } from '../evaluation/auc.ts'
import { logloss } from '../evaluation/logloss.ts'
import type { Field } from '../ranking/field.ts'
import { plantedFields, plantedRows, rankerSuite } from '../ranking/ranker.suite.ts'
import type { RankerTrainer } from '../ranking/ranker.ts'
import type { Examples } from '../ranking/rows.ts'
import { roundsSuite } from '../trainer.suite.ts'
import { type TreeRanker, type TreeRankerOptions, treeTrainer } from './tree-ranker.ts'

const options: TreeRankerOptions = {
  ...{ objective: 'logloss', trees: 40, rate: 0.2, leaves: 16, oneHotMost: 40 },
}

// A tree asks one thing after another: of what only two ids together tell it gets no scent.
rankerSuite(treeTrainer({ ...options, trees: 20 }), { learnsPairs: false })
rankerSuite(treeTrainer({ ...options, trees: 20, oneHotMost: 0, crosses: [['user', 'item']] }), {
  name: 'trees of statistics',
  aucMin: 0.75,
})

/** Lists of ten: rows that nothing else orders, so that the suite can ask for LambdaMART too. */
const listwise: RankerTrainer<TreeRanker> = {
  ...treeTrainer({ ...options, objective: 'lambdamart' }),
  fit({ fields, train }, run) {
    const listCount = Math.ceil(train.rowCount / 10)
    const starts = Array.from({ length: listCount + 1 }, (_, list) => list * 10)
    const groups = Uint32Array.from(starts, (start) => Math.min(train.rowCount, start))
    const trainer = treeTrainer({ ...options, objective: 'lambdamart', trees: 15 })
    return trainer.fit({ fields, train: { ...train, groups } }, run)
  },
}
rankerSuite(listwise, { name: 'trees for lists', learnsPairs: false })

const age: Field = { kind: 'number', name: 'age', side: 'item' }
const price: Field = { kind: 'number', name: 'price', side: 'item' }

/** Numbers of which something follows, and what. */
function numbers(
  rowCount: number,
  labelOf: (age: number, price: number, chance: number) => number,
): Examples {
  const random = seededRandom('numbers')
  const [ages, prices] = [new Float32Array(rowCount), new Float32Array(rowCount)]
  const labels = new Float32Array(rowCount)
  for (let row = 0; row < rowCount; row++) {
    ages[row] = random.next() * 10
    prices[row] = random.next()
    labels[row] = labelOf(ages[row]!, prices[row]!, random.next())
  }
  const columns = new Map([
    ['age', ages],
    ['price', prices],
  ])
  return { rowCount, columns, labels: new Map([['click', labels]]) }
}

test('squared trees come near a curve, whatever its range', async () => {
  const train = numbers(2_000, (age, price) => 100 * Math.sin(age) + 20 * price)
  const trainer = treeTrainer({ ...options, objective: 'squared', trees: 100 })
  const model = await trainer.fit({ fields: [age, price], train }, { seed: 1 })
  const [found] = await model.predict(train)
  const labels = train.labels.get('click')!
  const squares = labels.reduce((sum, label, row) => sum + (label - found![row]!) ** 2, 0)
  assert.ok(Math.sqrt(squares / 2_000) < 4, `${Math.sqrt(squares / 2_000)}`)
})

test('what is missing is told apart, and goes where it belongs', async () => {
  const train = numbers(2_000, (age) => (age > 3 && age < 7 ? 1 : 0))
  const ages = train.columns.get('age')!
  const labels = train.labels.get('click')!
  // Nobody knows the age of half of those who click.
  for (let row = 0; row < 2_000; row += 2) if (labels[row] === 1) ages[row] = Number.NaN
  for (const trees of [1, 30]) {
    const trainer = treeTrainer({ ...options, trees, rate: trees === 1 ? 1 : 0.2 })
    const model = await trainer.fit({ fields: [age, price], train }, { seed: 1 })
    const asked = (values: number[]) =>
      model.predict({
        rowCount: values.length,
        columns: new Map([
          ['age', Float32Array.from(values)],
          ['price', new Float32Array(values.length).fill(0.5)],
        ]),
      })
    const [chances] = await asked([Number.NaN, Number.POSITIVE_INFINITY, 5, 1, 9])
    const [missing, infinite, middle, young, old] = chances!
    assert.ok(missing! > 0.75 && middle! > 0.75 && young! < 0.25 && old! < 0.25, `${chances}`)
    assert.equal(infinite, missing)
  }
})

test('a score that must not fall with the price does not, whatever the labels say', async () => {
  const train = numbers(2_000, (age, price, chance) => {
    const odds = age / 10 + (price > 0.6 && price < 0.8 ? -0.3 : price / 2)
    return chance < odds / 1.5 ? 1 : 0
  })
  const fall = async (monotone?: { price: 1 }): Promise<number> => {
    const trainer = treeTrainer({ ...options, rowsMin: 5, ...(monotone && { monotone }) })
    const model = await trainer.fit({ fields: [age, price], train }, { seed: 1 })
    let most = 0
    for (const fixed of [1, 4, 8]) {
      const [chances] = await model.predict({
        rowCount: 200,
        columns: new Map([
          ['age', Float32Array.of(fixed)],
          ['price', Float32Array.from({ length: 200 }, (_, row) => row / 200)],
        ]),
      })
      for (let row = 1; row < 200; row++) most = Math.max(most, chances![row - 1]! - chances![row]!)
    }
    return most
  }
  assert.ok((await fall()) > 0.1)
  assert.ok((await fall({ price: 1 })) <= 0)
})

test('validation ends it where it gets no better, and the best trees are kept', async () => {
  const [train, validation, unseen] = [1, 2, 3].map((seed) => plantedRows(400, { seed }))
  const wild = { ...options, trees: 150, leaves: 31, rowsMin: 2, l2: 0, patience: 10 }
  const data = { fields: plantedFields, train: train! }
  const whole = await treeTrainer(wild).fit(data, { seed: 1 })
  const stopped = await treeTrainer(wild).fit({ ...data, validation: validation! }, { seed: 1 })
  const treesOf = (model: TreeRanker): number => model.trees[0]!.ensemble.roots.length
  assert.equal(treesOf(whole), 150)
  assert.ok(treesOf(stopped) < 100, `${treesOf(stopped)} trees`)
  const lossOf = async (model: TreeRanker): Promise<number> =>
    logloss((await model.predict(unseen!))[0]!, unseen!.labels.get('click')!)
  assert.ok((await lossOf(stopped)) < (await lossOf(whole)))
})

test('importance names what the label hangs on', async () => {
  const train = numbers(1_000, (age) => (age > 5 ? 1 : 0))
  const model = await treeTrainer(options).fit({ fields: [age, price], train }, { seed: 1 })
  const importance = model.importance('click')
  assert.deepEqual([...importance.keys()], ['age', 'price'])
  assert.ok(importance.get('age')! > 100 * importance.get('price')!)
  assert.throws(() => model.importance('like'), /"like" is none of click/)
})

test('of its own label a row tells nothing: an id of each row is worth nothing', async () => {
  const random = seededRandom('ids')
  const examples = (from: number): Examples => ({
    rowCount: 1_000,
    columns: new Map([['id', Uint32Array.from({ length: 1_000 }, (_, row) => from + row)]]),
    labels: new Map([['click', Float32Array.from({ length: 1_000 }, () => random.below(2))]]),
  })
  const [train, unseen] = [examples(1), examples(1001)]
  const id: Field = { kind: 'category', name: 'id', side: 'item', size: 3_000 }
  const model = await treeTrainer(options).fit({ fields: [id], train }, { seed: 1 })
  const labels = unseen.labels.get('click')!
  const [chances] = await model.predict(unseen)
  assert.ok(logloss(chances!, labels) < 0.7, `${logloss(chances!, labels)}`)
})

test('pairs that are crossed are told where single ids say nothing', async () => {
  const random = seededRandom('pairs')
  const rows = (): Examples => {
    const users = Uint32Array.from({ length: 6_000 }, () => 1 + random.below(30))
    const items = Uint32Array.from(users, () => 1 + random.below(30))
    const liked = (user: number, item: number): boolean => (user * 7 + item * 11) % 13 < 6
    return {
      rowCount: 6_000,
      columns: new Map([
        ['user', users],
        ['item', items],
      ]),
      labels: new Map([
        ['click', Float32Array.from(users, (user, row) => (liked(user, items[row]!) ? 1 : 0))],
      ]),
    }
  }
  const [train, unseen] = [rows(), rows()]
  const field = (name: string, side: 'user' | 'item'): Field => ({
    ...{ kind: 'category', name, side, size: 31 },
  })
  const fields = [field('user', 'user'), field('item', 'item')]
  const few = { ...options, trees: 20, oneHotMost: 0 }
  const aucOf = async (crosses: readonly [string, string][]): Promise<number> => {
    const trainer = treeTrainer({ ...few, crosses })
    const model = await trainer.fit({ fields, train }, { seed: 1 })
    return auc((await model.predict(unseen))[0]!, unseen.labels.get('click')!)!
  }
  const [without, crossed] = [await aucOf([]), await aucOf([['user', 'item']])]
  assert.ok(crossed > 0.97 && crossed > without + 0.1, `${without}, ${crossed}`)
})

test('samples of rows and of features are of the seed', async () => {
  const data = { fields: plantedFields, train: plantedRows(500, { seed: 1 }) }
  const trainer = treeTrainer({ ...options, trees: 10, rowShare: 0.5, featureShare: 0.3 })
  const [one, same, other] = await Promise.all([1, 1, 2].map((seed) => trainer.fit(data, { seed })))
  assert.deepEqual(one!.save(), same!.save())
  assert.notDeepEqual(one!.save(), other!.save())
})

test('options out of range are refused by name', async () => {
  const refused = (change: Partial<TreeRankerOptions>, message: RegExp): Promise<void> => {
    const data = { fields: plantedFields, train: plantedRows(50, { seed: 1 }) }
    return assert.rejects(treeTrainer({ ...options, ...change }).fit(data, { seed: 1 }), message)
  }
  await refused({ trees: 0 }, /trees 0 must be a whole number >= 1 and <= 10000/)
  await refused({ leaves: 1 }, /leaves 1 must be/)
  await refused({ rate: 0 }, /rate 0 must be > 0 and <= 1/)
  await refused({ l2: -1 }, /l2 -1 must be finite and >= 0/)
  await refused({ bins: 256 }, /bins 256 must be a whole number >= 2 and <= 255/)
  await refused({ prior: 0 }, /prior 0 must be finite and > 0/)
  await refused({ crosses: [['user', 'freshness']] }, /"freshness", which is no category/)
  await refused({ monotone: { user: 1 } }, /monotone.user is no number field/)
  await refused({ objective: 'lambdamart' }, /groups are missing/)
})

test('trees that lead round and round are not loaded', async () => {
  const data = { fields: [age], train: numbers(200, (age) => (age > 5 ? 1 : 0)) }
  const trainer = treeTrainer({ ...options, trees: 1 })
  const { header, weights } = (await trainer.fit(data, { seed: 1 })).save()
  const numbers32 = new Uint32Array(weights.slice().buffer)
  // base, trees and nodes take 3 × 2 words, and then come the root, and what each node asks.
  const nodeCount = new Float64Array(weights.slice(16, 24).buffer)[0]!
  const lefts = 6 + 1 + 2 * nodeCount
  numbers32[lefts] = 0
  const message = /node 0 leads nowhere/
  const looped = { header, weights: new Uint8Array(numbers32.buffer) }
  assert.throws(() => trainer.load(looped), { code: 'data_loss', message })
})

const few = { trees: 12, rowShare: 0.5, featureShare: 0.3 }
const lesson = {
  fields: plantedFields,
  train: plantedRows(400, { seed: 1, head: 'click', learnsPairs: false }),
  validation: plantedRows(100, { seed: 2, head: 'click', learnsPairs: false }),
}
roundsSuite(treeTrainer({ ...options, ...few }), lesson)
roundsSuite(treeTrainer({ ...options, trees: 12 }), { ...lesson, validation: lesson.train })

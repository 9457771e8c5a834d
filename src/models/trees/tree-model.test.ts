import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { auc } from '../evaluation/auc.ts'
import { fitLogistic } from '../logistic/logistic.ts'
import type { Ensemble } from './ensemble.ts'
import { fitTreeModel, loadTreeModel, type TreeModelOptions } from './tree-model.ts'

const features = ['age', 'price', 'likes', 'rank'].map((name) => ({ name, absent: -1 }))
const names = features.map(({ name }) => name)
const width = features.length
const options: TreeModelOptions = { objective: 'logloss', features, trees: 25, leaves: 8 }

/** Numbers of which pairs matter, some of them absent. */
function sample(rowCount: number, seed: string) {
  const random = seededRandom(seed)
  const rows = Float32Array.from({ length: rowCount * width }, () =>
    random.next() < 0.1 ? -1 : random.next(),
  )
  const labels = Uint8Array.from({ length: rowCount }, (_, row) => {
    const [age, price, likes] = rows.subarray(row * width)
    const odds = 4 * (age! > 0.5 ? price! : 1 - price!) - 2 + (likes === -1 ? -1 : likes!)
    return random.next() < 1 / (1 + Math.exp(-odds)) ? 1 : 0
  })
  const columns = features.map((_, feature) =>
    Float32Array.from({ length: rowCount }, (_, row) => rows[row * width + feature]!),
  )
  return { rows, labels, columns }
}

const train = sample(2_000, 'train')
const unseen = sample(1_000, 'unseen')

/** The score where the features of a set are known: both ways by their rows where one is not. */
function partial(trees: Ensemble, values: Float32Array, known: ReadonlySet<number>): number {
  const ask = (node: number): number => {
    const feature = trees.asks[node]! - 1
    if (feature < 0) return trees.values[node]!
    const [left, right] = [trees.lefts[node]!, trees.rights[node]!]
    if (known.has(feature)) {
      const isLeft = values[feature]! <= trees.thresholds[node]!
      const missing = Number.isNaN(values[feature]!) && trees.missingLeft[node] === 1
      return ask(isLeft || missing ? left : right)
    }
    const [one, other] = [trees.covers[left]!, trees.covers[right]!]
    return (one * ask(left) + other * ask(right)) / (one + other)
  }
  return trees.roots.reduce((sum, root) => sum + ask(root), trees.base)
}

test('contributions are the Shapley values, by all subsets', async () => {
  const model = await fitTreeModel(train.rows, train.labels, options, { seed: 1 })
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1))
  for (const row of [0, 3, 8, 21]) {
    const given = unseen.rows.slice(row * width, (row + 1) * width)
    const values = given.map((value) => (value === -1 ? Number.NaN : value))
    const parts = model.contributions(given)
    for (let feature = 0; feature < width; feature++) {
      let expected = 0
      for (let mask = 0; mask < 2 ** width; mask++) {
        if ((mask >> feature) & 1) continue
        const others = new Set([...features.keys()].filter((other) => (mask >> other) & 1))
        const share =
          (factorial(others.size) * factorial(width - others.size - 1)) / factorial(width)
        const without = partial(model.ensemble, values, others)
        const withIt = partial(model.ensemble, values, new Set([...others, feature]))
        expected += share * (withIt - without)
      }
      assert.ok(Math.abs(parts[feature]! - expected) < 1e-5, `row ${row}, ${names[feature]}`)
    }
  }
})

test('the bias and the contributions are the log-odds', async () => {
  const model = await fitTreeModel(train.rows, train.labels, options, { seed: 1 })
  const chances = model.predict(unseen.columns, 1_000)
  for (let row = 0; row < 50; row++) {
    const parts = model.contributions(unseen.rows.subarray(row * width, (row + 1) * width))
    const odds = parts.reduce((sum, part) => sum + part, model.bias)
    const chance = 1 / (1 + Math.exp(-odds))
    assert.ok(Math.abs(chance - chances[row]!) < 1e-5, `row ${row}: ${chance}, ${chances[row]}`)
  }
})

test('it learns of pairs what a regression cannot', async () => {
  const trees = await fitTreeModel(train.rows, train.labels, options, { seed: 1 })
  const sum = await fitLogistic(train.rows, train.labels, { features, l2: 1 })
  const aucOf = (model: { predict: typeof trees.predict }): number =>
    auc(model.predict(unseen.columns, 1_000), unseen.labels)!
  assert.ok(aucOf(trees) > aucOf(sum) + 0.05, `${aucOf(trees)}, ${aucOf(sum)}`)
  const importance = trees.importance()
  assert.ok(importance[3]! < importance[0]! / 10, `${importance}`)
})

test('what was saved is loaded bit by bit, for the same features alone', async () => {
  const model = await fitTreeModel(train.rows, train.labels, options, { seed: 1 })
  const saved = model.save()
  const loaded = loadTreeModel(
    { header: JSON.parse(JSON.stringify(saved.header)), weights: saved.weights },
    names,
  )
  assert.deepEqual(loaded.save(), saved)
  assert.equal(loaded.bias, model.bias)
  assert.deepEqual(loaded.predict(unseen.columns, 10), model.predict(unseen.columns, 10))
  const refused = (given: readonly string[], message: RegExp): void => {
    assert.throws(() => loadTreeModel(saved, given), { code: 'failed_precondition', message })
  }
  refused(['price', 'age', 'likes', 'rank'], /feature 0 of the model is "age", given is "price"/)
  refused(names.slice(0, 3), /feature 3 of the model is "rank", given is "none"/)
  const short = { header: saved.header, weights: saved.weights.subarray(8) }
  assert.throws(() => loadTreeModel(short, names), { code: 'data_loss' })
})

test('shapes and labels that cannot be learned from are refused', async () => {
  const fit = (rows: Float32Array, labels: number[]) =>
    fitTreeModel(rows, labels, options, { seed: 1 })
  await assert.rejects(fit(new Float32Array(7), [1, 0]), /7 values and 2 weights/)
  await assert.rejects(fit(new Float32Array(8), [1, 2]), /labels\[1\] 2 must lie in \[0, 1\]/)
  await assert.rejects(fit(new Float32Array(8), [1, 1]), /both positives and negatives/)
})

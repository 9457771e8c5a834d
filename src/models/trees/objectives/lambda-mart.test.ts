import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import { boost } from '../boost.ts'
import { addScores } from '../ensemble.ts'
import { lambdaMartObjective } from './lambda-mart.ts'

const labels = Float32Array.of(0, 2, 1, 0, 1, 0, 0)
const groups = Uint32Array.of(0, 4, 7)
const weights = new Float32Array(7).fill(1)
const scores = Float64Array.of(0.5, -0.2, 0.1, 0.9, 0.3, -1, 0.8)

test('each pair is pulled apart by what NDCG would change, as the report writes it', () => {
  const pairs = new Float32Array(14)
  lambdaMartObjective({ labels, weights, groups }, 10).slopes(scores, pairs)
  const [slopes, bends] = [new Float64Array(7), new Float64Array(7)]
  for (const [from, to] of [
    [0, 4],
    [4, 7],
  ] as const) {
    const rows = Array.from({ length: to - from }, (_, index) => from + index)
    const place = (row: number) => rows.filter((other) => scores[other]! > scores[row]!).length
    const discount = (row: number) => 1 / Math.log2(2 + place(row))
    const gain = (row: number) => 2 ** labels[row]! - 1
    const best = rows.map(gain).sort((one, other) => other - one)
    const ideal = best.reduce((sum, value, index) => sum + value / Math.log2(2 + index), 0)
    for (const high of rows) {
      for (const low of rows) {
        if (labels[high]! <= labels[low]!) continue
        const change = Math.abs((gain(high) - gain(low)) * (discount(high) - discount(low))) / ideal
        const chance = 1 / (1 + Math.exp(scores[high]! - scores[low]!))
        slopes[high]! -= change * chance
        slopes[low]! += change * chance
        bends[high]! += change * chance * (1 - chance)
        bends[low]! += change * chance * (1 - chance)
      }
    }
  }
  for (let row = 0; row < 7; row++) {
    assert.ok(Math.abs(pairs[2 * row]! - slopes[row]!) < 1e-6, `slope of row ${row}`)
    assert.ok(Math.abs(pairs[2 * row + 1]! - bends[row]!) < 1e-6, `curvature of row ${row}`)
  }
})

test('the loss is what NDCG lacks', () => {
  const objective = lambdaMartObjective({ labels, weights, groups }, 10)
  assert.ok(Math.abs(objective.loss(Float64Array.from(labels))) < 1e-12)
  const first = (3 / Math.log2(5) + 1 / Math.log2(4)) / (3 + 1 / Math.log2(3))
  const second = 1 / Math.log2(3)
  assert.ok(Math.abs(objective.loss(scores) - (1 - (first + second) / 2)) < 1e-12)
})

test('pairs beyond the first places pull nothing', () => {
  const pairs = new Float32Array(14)
  lambdaMartObjective({ labels, weights, groups }, 1).slopes(scores, pairs)
  // Row 3 stands first of its list, and rows 0 and 2 beyond: between these two nothing is at stake.
  const [first] = [pairs[6]!]
  assert.ok(first > 0 && pairs[0] === 0 && pairs[2]! < 0 && pairs[4]! < 0)
})

test('lists that cannot be told, and grades that are none, are refused', () => {
  const refused = (change: object, message: RegExp): void => {
    assert.throws(() => lambdaMartObjective({ labels, weights, groups, ...change }, 10), message)
  }
  refused({ groups: Uint32Array.of(0, 5) }, /groups must rise from 0 to 7/)
  refused({ groups: Uint32Array.of(0, 5, 4, 7) }, /groups must rise/)
  refused({ labels: labels.with(2, -1) }, /labels\[2\] -1 must be a grade/)
  refused({ labels: new Float32Array(7) }, /a list with labels that differ/)
})

test('it orders lists better than trees that ask for chances, where lists differ in level', async () => {
  const random = seededRandom('lists')
  const listCount = 300
  const lists = (count: number) => {
    const [level, hint] = [new Float32Array(count * 10), new Float32Array(count * 10)]
    const clicks = new Float32Array(count * 10)
    for (let list = 0; list < count; list++) {
      const base = 4 * random.next() - 2
      for (let row = list * 10; row < list * 10 + 10; row++) {
        level[row] = base
        hint[row] = random.next()
        const odds = 3 * base + 2 * hint[row]! - 1
        clicks[row] = random.next() < 1 / (1 + Math.exp(-odds)) ? 1 : 0
      }
    }
    const starts = Uint32Array.from({ length: count + 1 }, (_, list) => list * 10)
    return {
      columns: [level, hint],
      labels: clicks,
      weights: new Float32Array(count * 10).fill(1),
      groups: starts,
    }
  }
  const [train, unseen] = [lists(listCount), lists(listCount)]
  const lossOf = async (objective: 'logloss' | 'lambdamart'): Promise<number> => {
    const trees = await boost(train, { objective, trees: 20, leaves: 4 }, { seed: 1 })
    const found = new Float64Array(listCount * 10)
    addScores(trees, unseen.columns, found)
    return lambdaMartObjective(unseen, 10).loss(found)
  }
  const [listwise, pointwise] = [await lossOf('lambdamart'), await lossOf('logloss')]
  assert.ok(listwise < pointwise, `${listwise}, ${pointwise}`)
})

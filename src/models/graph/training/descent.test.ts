import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import { gradientsOf } from '../gradients.ts'
import { Graph } from '../graph.ts'
import { tanh } from '../ops/activations.ts'
import { add, mul, reshape, sum } from '../ops/elementary.ts'
import { crossEntropy } from '../ops/losses.ts'
import { linear, matmul } from '../ops/matrix.ts'
import { dropout } from '../ops/normalise.ts'
import { flip } from '../ops/shape.ts'
import { near } from '../oracle/gradient-check.ts'
import { interpret } from '../oracle/interpreter.ts'
import { type Descent, openDescent, type Trainee } from './descent.ts'
import type { TablePlan } from './table.ts'

const batch = 6

/** Two lookups of one table, one of them with repeats; parameters, chance, and a whole table. */
function small(rate = 0): Trainee {
  const graph = new Graph({ batch, training: true })
  const a = graph.input('a', [batch, 2, 3], { differentiable: true })
  const b = graph.input('b', [batch, 1, 3], { differentiable: true })
  const all = graph.input('all', [5, 3], { differentiable: true })
  const labels = graph.input('labels', [batch, 1])
  const weights = graph.input('weights', [batch, 1])
  const w = graph.parameter('w', [3, 4], 'glorot')
  const v = graph.parameter('v', [4, 1], { deviation: 0.5 })
  const bias = graph.parameter('bias', [1], 'ones')
  const met = reshape(sum(mul(a, b), [1]), [batch, 3])
  const pull = sum(matmul(met, flip(all)), [1], true)
  const hidden = dropout(tanh(linear(met, w)), rate)
  const logOdds = add(linear(hidden, v, bias), pull)
  return {
    loss: crossEntropy(logOdds, labels, weights),
    lookups: [
      { input: a, table: 'vectors' },
      { input: b, table: 'vectors' },
    ],
    wholes: [{ input: all, table: 'all' }],
  }
}

const plans = (update: TablePlan['update'], l2 = 0): readonly TablePlan[] => [
  { name: 'vectors', rowCount: 8, width: 3, deviation: 0.3, blank: [0], update, l2 },
  { name: 'all', rowCount: 5, width: 3, deviation: 0.3, update: 'every' },
]

/** A batch of step n, the same for whoever asks. */
function batchOf(step: number) {
  const random = seededRandom(`batch ${step}`)
  const some = (length: number, draw: () => number) => Array.from({ length }, draw)
  return {
    a: some(2 * batch, () => random.below(8)),
    // Few of them, so that they come several times.
    b: some(batch, () => random.below(3)),
    labels: some(batch, () => random.below(2)),
    weights: some(batch, () => random.next() / batch),
  }
}

async function steps(descent: Descent, from: number, to: number): Promise<readonly number[]> {
  const losses: number[] = []
  for (let step = from; step < to; step++) {
    const { a, b, labels, weights } = batchOf(step)
    descent.ids('a').set(a)
    descent.ids('b').set(b)
    descent.input('labels').set(labels)
    descent.input('weights').set(weights)
    losses.push(await descent.step())
  }
  return losses
}

const copied = (descent: Descent) =>
  new Map([...descent.weights].map(([name, values]) => [name, values.slice()]))

for (const update of ['every', 'touched', 'adagrad'] as const) {
  test(`five steps are those of the papers in double precision (${update})`, async () => {
    const l2 = 0.1
    const trainee = small()
    await using descent = await openDescent(trainee, plans(update, l2), { seed: 1, rate: 0.05, l2 })
    const weights = new Map([...copied(descent)].map(([name, x]) => [name, Float64Array.from(x)]))
    const losses = await steps(descent, 0, 5)
    assert.deepEqual(weights.get('vectors')!.slice(0, 3), new Float64Array(3))
    near(losses, plainDescent(weights, update, l2), 1e-5, 'losses')
    for (const [name, values] of weights) near(descent.values(name), values, 1e-5, name)
  })
}

/** The same with nothing shared but the graph: moves `weights`, gives the losses. */
function plainDescent(
  weights: ReadonlyMap<string, Float64Array>,
  update: TablePlan['update'],
  l2: number,
): readonly number[] {
  const { loss, lookups, wholes } = small()
  const { graph } = loss
  const inputs = [...lookups, ...wholes!].map(({ input }) => input)
  const learned = [...inputs, ...graph.parameters.map(({ tensor }) => tensor)]
  const gradients = gradientsOf(loss, learned)
  const moments = new Map([...weights].map(([name, x]) => [name, [x.map(() => 0), x.map(() => 0)]]))
  return [0, 1, 2, 3, 4].map((step) => {
    const given = batchOf(step)
    const vectors = weights.get('vectors')!
    const rowsOf = (ids: readonly number[]) =>
      ids.flatMap((id) => [...vectors.slice(id * 3, id * 3 + 3)])
    const found = interpret(
      graph,
      new Map<string, ArrayLike<number>>([
        ...weights,
        ...Object.entries(given),
        ...[['a', rowsOf(given.a)] as const, ['b', rowsOf(given.b)] as const],
      ]),
    )
    const sums = new Map([...weights].map(([name, x]) => [name, x.map(() => 0)]))
    for (const [place, { name }] of learned.entries()) {
      const gradient = found(gradients[place]!)
      const ids = name === 'a' ? given.a : given.b
      if (name === 'a' || name === 'b')
        for (const [at, g] of gradient.entries())
          sums.get('vectors')![ids[Math.floor(at / 3)]! * 3 + (at % 3)]! += g
      else sums.get(name)!.set(gradient)
    }
    const touched = new Set([...given.a, ...given.b])
    for (const [name, x] of weights) {
      const [first, second] = moments.get(name)!
      for (let at = 0; at < x.length; at++) {
        const isVector = name === 'vectors'
        if (isVector && update !== 'every' && !touched.has(Math.floor(at / 3))) continue
        const g = sums.get(name)![at]! + (name === 'all' ? 0 : l2 * x[at]!)
        if (isVector && update === 'adagrad') {
          first![at]! += g * g
          x[at]! -= (0.05 * g) / (Math.sqrt(first![at]!) + 1e-10)
          continue
        }
        first![at] = 0.9 * first![at]! + 0.1 * g
        second![at] = 0.999 * second![at]! + 0.001 * g * g
        const [m, v] = [
          first![at]! / (1 - 0.9 ** (step + 1)),
          second![at]! / (1 - 0.999 ** (step + 1)),
        ]
        x[at]! -= (0.05 * m) / (Math.sqrt(v) + 1e-8)
      }
    }
    return found(loss)[0]!
  })
}

for (const update of ['every', 'touched', 'adagrad'] as const) {
  test(`going on from a state gives the bits of a descent that never stopped (${update})`, async () => {
    const options = { seed: 'same', rate: 0.05 }
    const open = () => openDescent(small(0.3), plans(update), options)
    await using whole = await open()
    const losses = await steps(whole, 0, 6)
    await using first = await open()
    await steps(first, 0, 3)
    const { steps: count, arrays } = first.state()
    const state = { steps: count, arrays: arrays.map((array) => array.slice()) }
    await using second = await openDescent(small(0.3), plans(update), { ...options })
    await steps(second, 7, 9)
    second.restore(state)
    assert.deepEqual(await steps(second, 3, 6), losses.slice(3))
    assert.deepEqual(copied(second), copied(whole))
  })
}

test('another seed begins elsewhere and drops other numbers', async () => {
  const losses = async (seed: number) => {
    await using descent = await openDescent(small(0.3), plans('touched'), { seed, rate: 0.05 })
    return await steps(descent, 0, 2)
  }
  assert.deepEqual(await losses(1), await losses(1))
  assert.notDeepEqual(await losses(1), await losses(2))
})

test('a loss that is no number ends the descent, and says when', async () => {
  await using descent = await openDescent(small(), plans('touched'), { seed: 1, rate: 0.05 })
  await steps(descent, 0, 2)
  descent.values('bias').fill(Number.NaN)
  const expected = { code: 'failed_precondition', message: /NaN at step 3: a rate below 0.05/ }
  await assert.rejects(steps(descent, 2, 3), expected)
})

test('rows beyond the table are refused', async () => {
  await using descent = await openDescent(small(), plans('touched'), { seed: 1, rate: 0.05 })
  descent.ids('a').fill(8)
  await assert.rejects(descent.step(), /8/)
})

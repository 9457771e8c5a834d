import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gramOf } from '../../kernel/linear/gram.ts'
import { openNearest } from '../../kernel/nearest/open-nearest.ts'
import { seededRandom } from '../../kernel/random.ts'
import { openArena } from '../../kernel/wasm/arena.ts'
import { openTeam } from '../../kernel/wasm/kernel-team.ts'
import { type Interactions, interactionsOf, transposed } from '../interactions.ts'
import { historyModelSuite } from '../model.suite.ts'
import { spread } from '../padded.ts'
import { foldInAll } from './fold-in-all.ts'
import { halfSweepBytes, halfSweeps, placedSide, sideBytes, widthFor } from './half-sweep.ts'
import { fitIals, type IalsOptions } from './ials.ts'
import { ialsModel, loadIals, penaltyOf } from './ials-model.ts'

const options = { dims: 6, sweeps: 12, regularization: 0.5, frequencyPower: 0, alpha: 8, seed: 1 }

historyModelSuite(
  {
    kind: 'ials',
    fit: (interactions, run) => fitIals(interactions, { ...options, ...run }),
    load: loadIals,
  },
  { inRounds: true },
)

test('lists that were learned of the items are kept with them, and may be missing', async () => {
  const model = await fitIals(randomInteractions(30, 40), { ...options, sweeps: 2 })
  const { dims, items, gram, penalty } = model
  const measured = { measure: 'product', seed: 1, exactRowsMax: 0, k: 5 } as const
  const { lists } = openNearest({ rows: items, width: dims, ...measured })
  const saved = ialsModel({ ...penalty, dims, items, gram, lists: lists! }).save()
  const loaded = loadIals(saved)
  assert.deepEqual(loaded.lists, lists)
  assert.deepEqual(loaded.items, items)
  assert.equal(loadIals(model.save()).lists, undefined)
  const short = { header: saved.header, weights: saved.weights.subarray(4) }
  assert.throws(() => loadIals(short), { code: 'data_loss' })
})

function randomInteractions(userCount: number, itemCount: number): Interactions {
  const random = seededRandom('interactions')
  const length = Math.floor((userCount * itemCount) / 4)
  const cells = {
    users: Uint32Array.from({ length }, () => random.below(userCount)),
    items: Uint32Array.from({ length }, () => random.below(itemCount)),
    weights: Float32Array.from({ length }, () => 0.5 + random.next()),
  }
  return interactionsOf(cells, { userCount, itemCount }, 'sum')
}

/**
 * The left side minus the right side of Hu, Koren and Volinsky's eq. 4, written out cell by cell.
 */
function residual(
  items: Float32Array,
  user: Float32Array,
  history: ReadonlyMap<number, number>,
  penalty: number,
  alpha: number,
): number[] {
  const dims = user.length
  const left = Array.from(user, (value) => penalty * value)
  for (let item = 0; item < items.length / dims; item++) {
    const vector = items.subarray(item * dims, (item + 1) * dims)
    const weight = history.get(item)
    const confidence = 1 + alpha * (weight ?? 0)
    const wanted = weight === undefined ? 0 : 1
    const product = user.reduce((sum, value, k) => sum + value * vector[k]!, 0)
    for (let k = 0; k < dims; k++) left[k]! += confidence * (product - wanted) * vector[k]!
  }
  return left
}

test('folding in solves one user exactly, also beyond one block of items', async () => {
  for (const frequencyPower of [0, 1]) {
    const chosen = { ...options, frequencyPower }
    const model = await fitIals(randomInteractions(60, 90), chosen)
    for (const size of [1, 5, 31, 32, 33, 80]) {
      const items = Uint32Array.from({ length: size }, (_, index) => index)
      const weights = Float32Array.from(items, (item) => 0.5 + (item % 3))
      const history = new Map(Array.from(items, (item) => [item, weights[item]!]))
      const penalty = penaltyOf(chosen, size, 90)
      const user = model.foldIn(items, weights)
      const scale = options.alpha * size
      for (const value of residual(model.items, user, history, penalty, options.alpha)) {
        assert.ok(Math.abs(value) < 1e-5 * scale, `${size} items: residual ${value}`)
      }
    }
  }
})

/** Sweeps over sides that were laid into an arena of their own. */
async function openSides(interactions: Interactions, chosen: IalsOptions, threads: number) {
  const [width, byItem] = [widthFor(chosen.dims), transposed(interactions)]
  const sides = sideBytes(interactions, width) + sideBytes(byItem, width)
  const sizeBytes = sides + halfSweepBytes(width, threads)
  const arena = openArena({ sizeBytes, isShared: true })
  const team = await openTeam({ arena, group: 'factors', threads })
  const [users, items] = [interactions, byItem].map((matrix) =>
    placedSide(arena, matrix, width, (cells) => penaltyOf(chosen, cells, matrix.columnCount)),
  )
  const { solve } = halfSweeps({ arena, team, width, alpha: chosen.alpha })
  return { users: users!, items: items!, width, solve, close: () => team[Symbol.asyncDispose]() }
}

test('in three dimensions the three steps of conjugate gradient are exact', async () => {
  const interactions = randomInteractions(10, 30)
  const chosen = { ...options, dims: 3 }
  const model = await fitIals(interactions, chosen)
  const { users, items, width, solve, close } = await openSides(interactions, chosen, 1)
  spread(model.items, 3, items.vectors, width)
  await solve(users, items, 3)
  await close()
  for (let user = 0; user < interactions.rowCount; user++) {
    const [from, to] = [interactions.starts[user]!, interactions.starts[user + 1]!]
    const exact = model.foldIn(
      interactions.columns.subarray(from, to),
      interactions.weights.subarray(from, to),
    )
    for (let k = 0; k < width; k++) {
      const found = users.vectors[user * width + k]!
      assert.ok(Math.abs(found - (exact[k] ?? 0)) < 1e-5, `user ${user}, dimension ${k}`)
    }
  }
})

test('many users are folded in at once as each by themselves', async () => {
  const interactions = randomInteractions(50, 90)
  for (const frequencyPower of [0, 1]) {
    const model = await fitIals(interactions, { ...options, dims: 10, frequencyPower })
    const users = await foldInAll(model, interactions, { threads: 2 })
    for (let user = 0; user < 50; user++) {
      const [from, to] = [interactions.starts[user]!, interactions.starts[user + 1]!]
      const weights = interactions.weights.subarray(from, to)
      const alone = model.foldIn(interactions.columns.subarray(from, to), weights)
      for (const [k, value] of alone.entries()) {
        assert.ok(Math.abs(users[user * 10 + k]! - value) < 1e-5, `user ${user}, dimension ${k}`)
      }
    }
  }
})

test('any number of threads gives the same model, bit by bit', async () => {
  // More rows than one part of the Gram matrix holds, and more work than one call.
  const interactions = randomInteractions(40, 5_000)
  const [one, two, five] = await Promise.all(
    [1, 2, 5].map((threads) => fitIals(interactions, { ...options, dims: 20, sweeps: 2, threads })),
  )
  assert.deepEqual(two!.items, one!.items)
  assert.deepEqual(five!.items, one!.items)
})

test('the saved gram matrix is that of the item vectors', async () => {
  const model = await fitIals(randomInteractions(20, 700), options)
  gramOf(model.items, model.dims).forEach((value, index) => {
    assert.ok(Math.abs(value - model.gram[index]!) < 1e-9)
  })
})

test('with a frequency power of 0 all are penalised alike, with 1 by what is known', () => {
  const penalty = { regularization: 2, alpha: 4 }
  assert.equal(penaltyOf({ ...penalty, frequencyPower: 0 }, 10, 100), 2)
  assert.equal(penaltyOf({ ...penalty, frequencyPower: 1 }, 10, 100), 70)
  assert.equal(penaltyOf({ ...penalty, frequencyPower: 0.5 }, 11, 100), 12)
})

test('another seed gives another model', async () => {
  const interactions = randomInteractions(10, 10)
  const [one, other] = [1, 2].map((seed) => fitIals(interactions, { ...options, seed }))
  assert.notDeepEqual((await one!).items, (await other!).items)
})

test('an abort in the middle of a fit ends it', async () => {
  const controller = new AbortController()
  const stop = (): void => controller.abort(new Error('enough'))
  const run = { ...options, signal: controller.signal, onProgress: stop }
  await assert.rejects(fitIals(randomInteractions(10, 10), run), /enough/)
})

test('a long fit lets the event loop turn while it runs', async () => {
  let turns = 0
  const turn = (): void => {
    turns++
    if (turns < 1000) setImmediate(turn)
  }
  setImmediate(turn)
  // 3 steps and the first residual: 2 × 4 × 64 × (64 + 2 × 50) × 400 rows are 33 M multiply-adds.
  await fitIals(randomInteractions(400, 400), { ...options, dims: 64, sweeps: 1 })
  assert.ok(turns >= 4, `${turns} turns`)
})

test('options out of range are refused by name', async () => {
  const refused = (change: Partial<IalsOptions>, message: RegExp): Promise<void> =>
    assert.rejects(fitIals(randomInteractions(3, 3), { ...options, ...change }), message)
  await refused({ dims: 0 }, /dims 0 must be a whole number >= 1 and <= 1024/)
  await refused({ sweeps: 1.5 }, /sweeps 1.5 must be/)
  await refused({ regularization: 0 }, /regularization 0 must be finite and > 0/)
  await refused({ threads: 0 }, /threads 0 must be a whole number >= 1 and <= 64/)
  await refused({ alpha: Number.NaN }, /alpha NaN must be/)
  await refused({ frequencyPower: 2 }, /frequencyPower 2 must be >= 0 and <= 1/)
})

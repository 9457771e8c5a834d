import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { interactionsOf } from '../interactions.ts'
import { historyModelSuite } from '../model.suite.ts'
import { fitGraphWalk, type GraphWalkOptions, loadGraphWalk } from './graph-walk.ts'
import { type ItemGraph, type WalkOptions, walksOver } from './walks.ts'

const options: GraphWalkOptions = {
  ...{ dims: 8, passes: 5, window: 4, negatives: 5, negativePower: 0.75, rate: 0.05, seed: 1 },
  ...{ neighbors: 30, shrinkage: 0, walksPerItem: 20, length: 10, return: 1, away: 1 },
}

historyModelSuite(
  {
    kind: 'graph-walk',
    fit: (interactions, run) => fitGraphWalk(interactions, { ...options, ...run }),
    load: loadGraphWalk,
  },
  { inRounds: true },
)

/** Two triangles, joined by one light edge between 2 and 3. */
const triangles: ItemGraph = {
  starts: Uint32Array.of(0, 2, 4, 7, 10, 12, 14, 14),
  items: Uint32Array.of(1, 2, 0, 2, 0, 1, 3, 2, 4, 5, 3, 5, 3, 4),
  weights: Float32Array.of(1, 1, 1, 1, 1, 1, 0.5, 0.5, 1, 1, 1, 1, 1, 1),
}

const walkOptions: WalkOptions = { walksPerItem: 500, length: 8, return: 1, away: 1 }

function walked(change: Partial<WalkOptions>): readonly (readonly number[])[] {
  const walks = walksOver(triangles, { ...walkOptions, ...change }, seededRandom('walks'))
  return Array.from({ length: walks.starts.length - 1 }, (_, walk) => [
    ...walks.items.subarray(walks.starts[walk], walks.starts[walk + 1]),
  ])
}

test('walks go along edges, as often as these weigh', () => {
  const walks = walked({})
  assert.equal(walks.length, 6 * 500)
  let [fromTwo, across] = [0, 0]
  for (const walk of walks) {
    assert.equal(walk.length, 8)
    for (let step = 0; step + 1 < walk.length; step++) {
      const [item, next] = [walk[step]!, walk[step + 1]!]
      const edges = triangles.items.subarray(triangles.starts[item], triangles.starts[item + 1])
      assert.ok(edges.includes(next), `${item} to ${next}`)
      if (item === 2) fromTwo++
      if (item === 2 && next === 3) across++
    }
  }
  // 0.5 of 2.5.
  assert.ok(Math.abs(across / fromTwo - 0.2) < 0.03, `${across / fromTwo}`)
})

/** The share of steps that went straight back. */
function backShare(walks: readonly (readonly number[])[]): number {
  let [back, all] = [0, 0]
  for (const walk of walks) {
    for (let step = 2; step < walk.length; step++) {
      all++
      if (walk[step] === walk[step - 2]) back++
    }
  }
  return back / all
}

test('a walk goes back the less the more its return is held against it', () => {
  const [often, even, seldom] = [0.1, 1, 10].map((p) => backShare(walked({ return: p })))
  assert.ok(often! > even! + 0.1 && even! > seldom! + 0.1, `${often} ${even} ${seldom}`)
})

test('a walk leaves its surroundings the less the more that is held against it', () => {
  const crossings = (away: number): number =>
    walked({ away }).filter((walk) => walk.includes(2) && walk.includes(3)).length
  assert.ok(crossings(0.1) > 1.3 * crossings(10), `${crossings(0.1)} ${crossings(10)}`)
})

test('what no user met together is near where others lead from one to the other', async () => {
  // Users meet two items that follow each other; 20 of them in each of two chains.
  const cells: [number, number][] = []
  for (let chain = 0; chain < 2; chain++) {
    for (let place = 0; place < 19; place++) {
      for (let copy = 0; copy < 3; copy++) {
        const user = chain * 57 + place * 3 + copy
        cells.push([user, chain * 20 + place], [user, chain * 20 + place + 1])
      }
    }
  }
  const [users, items] = [0, 1].map((k) => Uint32Array.from(cells, (cell) => cell[k]!))
  const shape = { userCount: 114, itemCount: 40 }
  const matrix = interactionsOf({ users: users!, items: items! }, shape, 'max')
  const model = await fitGraphWalk(matrix, { ...options, passes: 10 })
  const scores = model.score(Uint32Array.of(10), Float32Array.of(1))
  assert.ok(scores[12]! > Math.max(...scores.subarray(20)))
})

test('options out of range are refused by name', async () => {
  const matrix = interactionsOf(
    { users: Uint32Array.of(0, 0), items: Uint32Array.of(0, 1) },
    { userCount: 1, itemCount: 2 },
    'max',
  )
  const refused = (change: Partial<GraphWalkOptions>, message: RegExp): Promise<void> =>
    assert.rejects(fitGraphWalk(matrix, { ...options, ...change }), message)
  await refused({ walksPerItem: 0 }, /walksPerItem 0 must be a whole number >= 1 and <= 1000/)
  await refused({ length: 1 }, /length 1 must be/)
  await refused({ return: 0 }, /return 0 must be finite and > 0/)
  await refused({ away: Number.NaN }, /away NaN must be/)
  await refused({ neighbors: 0 }, /neighbors 0 must be/)
})

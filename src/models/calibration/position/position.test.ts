import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import { linearTrainer } from '../../linear/linear.ts'
import type { Field } from '../../ranking/field.ts'
import { plantedFields, plantedRows, rankerSuite } from '../../ranking/ranker.suite.ts'
import type { Ranker, RankerTrainer } from '../../ranking/ranker.ts'
import type { Examples } from '../../ranking/rows.ts'
import { treeTrainer } from '../../trees/tree-ranker.ts'
import { labelledByLooks, weighedByLooks } from './inverse-propensity.ts'
import { positionAwareTrainer } from './position-aware.ts'
import { propensitiesOfShuffled, propensitiesOfSwaps } from './propensities.ts'
import { regressionEm } from './regression-em.ts'

const itemCount = 12
const places = 6
const looks = [1, 0.55, 0.35, 0.2, 0.12, 0.08]
const item: Field = { kind: 'category', name: 'item', side: 'item', size: itemCount + 1 }

/** How much each item is liked; the higher the number, the more. */
const liking = (id: number): number => 0.1 + (0.8 * id) / itemCount

/**
 * Pages of a ranker that prefers what is liked least, and is not quite sure; or shuffled ones. Who
 * looks at a place clicks what they like.
 */
function pages(count: number, order: 'ranked' | 'shuffled'): Examples {
  const random = seededRandom(`pages ${order}`)
  const [items, positions] = [new Uint32Array(count * places), new Uint32Array(count * places)]
  const clicks = new Float32Array(count * places)
  for (let page = 0; page < count; page++) {
    const score = (id: number): number => (order === 'ranked' ? id : 0) + 14 * random.next()
    const scores = Array.from({ length: itemCount }, (_, index) => [index + 1, score(index + 1)])
    scores.sort((one, other) => one[1]! - other[1]!)
    for (let place = 0; place < places; place++) {
      const row = page * places + place
      items[row] = scores[place]![0]!
      positions[row] = place
      clicks[row] = random.next() < looks[place]! * liking(items[row]!) ? 1 : 0
    }
  }
  const groups = Uint32Array.from({ length: count + 1 }, (_, page) => page * places)
  return {
    ...{ rowCount: count * places, positions, groups },
    columns: new Map([['item', items]]),
    labels: new Map([['click', clicks]]),
  }
}

/** The items, best first, as a ranker orders them. */
async function orderBy(ranker: Ranker): Promise<number[]> {
  const ids = Uint32Array.from({ length: itemCount }, (_, index) => index + 1)
  const [scores] = await ranker.predict({ rowCount: itemCount, columns: new Map([['item', ids]]) })
  return [...ids].sort((one, other) => scores![other - 1]! - scores![one - 1]!)
}

/** Pairs of items that stand in the right order, as a share. */
function rightPairs(order: readonly number[]): number {
  let right = 0
  for (let one = 0; one < itemCount; one++) {
    for (let other = one + 1; other < itemCount; other++) if (order[one]! > order[other]!) right++
  }
  return right / ((itemCount * (itemCount - 1)) / 2)
}

const ranked = pages(5_000, 'ranked')
const linear = linearTrainer({ l2: 0.1 })
const chances = treeTrainer({ objective: 'logloss', trees: 30, oneHotMost: 20 })
const share = async <M extends Ranker>(
  trainer: RankerTrainer<M>,
  train: Examples,
): Promise<number> =>
  rightPairs(await orderBy(await trainer.fit({ fields: [item], train }, { seed: 1 })))

function near(found: Float64Array, error: number): void {
  for (const [place, look] of found.entries()) {
    assert.ok(Math.abs(look - looks[place]!) < error, `place ${place}: ${look}`)
  }
}

test('shuffled pages tell how often each place is looked at', () => {
  const { positions, labels } = pages(10_000, 'shuffled')
  near(propensitiesOfShuffled({ positions: positions!, clicks: labels.get('click')! }), 0.03)
})

test('what came at the first place and at another tells the same, however pages were ranked', () => {
  const { positions, labels, columns } = ranked
  const keys = columns.get('item')!
  const clicks = labels.get('click')!
  near(propensitiesOfSwaps({ positions: positions!, clicks, keys: Uint32Array.from(keys) }), 0.05)
})

test('an ordinary log tells it too, round by round', async () => {
  const { propensities, ranker } = await regressionEm(
    { fields: [item], train: ranked },
    linear,
    { head: 'click', rounds: 30 },
    { seed: 1 },
  )
  near(propensities, 0.06)
  assert.ok(rightPairs(await orderBy(ranker)) > 0.95)
})

test('a model that overlooks the place learns the order of the pages, not of the likings', async () => {
  for (const found of [await share(linear, ranked), await share(chances, ranked)]) {
    assert.ok(found < 0.6, `${found}`)
  }
})

test('clicks that weigh what they stand for bring the true order back', async () => {
  const propensities = Float64Array.from(looks)
  const options = { head: 'click', most: 20 }
  const weighed = weighedByLooks(ranked, propensities, options)
  const lists = treeTrainer({ objective: 'lambdamart', trees: 40, oneHotMost: 20, places: 6 })
  const [naive, corrected] = [await share(lists, ranked), await share(lists, weighed)]
  assert.ok(corrected > 0.9 && naive < 0.6, `${naive}, ${corrected}`)
  const labelled = labelledByLooks(ranked, propensities, options)
  const expected = treeTrainer({ objective: 'squared', trees: 40, oneHotMost: 20 })
  const found = await share(expected, labelled)
  assert.ok(found > 0.9, `${found}`)
})

test('a place that is a feature when learning, and the first when serving, does so too', async () => {
  // Trees of one question each are a sum too: deeper ones learn what never stood first from
  // nothing.
  const stumps = treeTrainer({ objective: 'logloss', trees: 200, rate: 0.5, leaves: 2 })
  const sum = positionAwareTrainer(linear)
  const trees = positionAwareTrainer(stumps, { places })
  const found = [await share(sum, ranked), await share(trees, ranked)]
  assert.ok(Math.min(...found) > 0.9, `${found}`)
})

// The rows of the suite say not where they stood: here all stood somewhere.
const aware = positionAwareTrainer(linear, { places: 5 })
rankerSuite<Awaited<ReturnType<typeof aware.fit>>>(
  {
    ...aware,
    fit: ({ fields, train }, run) => {
      const positions = Uint32Array.from({ length: train.rowCount }, (_, row) => row % 7)
      return aware.fit({ fields, train: { ...train, positions } }, run)
    },
  },
  { learnsPairs: false },
)

test('rows without a place, and places without a propensity, are refused', async () => {
  const bare = plantedRows(20, { seed: 1 })
  const fit = aware.fit({ fields: plantedFields, train: bare }, { seed: 1 })
  await assert.rejects(fit, /positions must be given for 20 rows/)
  const few = Float64Array.of(1, 0)
  assert.throws(() => weighedByLooks(ranked, few, { head: 'click' }), /positions\[1\] 1 has no/)
  assert.throws(() => weighedByLooks(bare, few, { head: 'click' }), /positions must be given/)
  const clicks = new Float32Array(2)
  const positions = Uint32Array.of(0, 2)
  assert.throws(() => propensitiesOfShuffled({ positions, clicks }), /clicks at position 0/)
  const gap = { positions, clicks: Float32Array.of(1, 1) }
  assert.throws(() => propensitiesOfShuffled(gap), /must hold rows at position 1/)
})

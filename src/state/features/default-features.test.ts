import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Event } from '../../events/event.ts'
import {
  act,
  hourMs,
  madeUpPast,
  put,
  rate,
  type SmallWorld,
  serve,
  smallWorld,
  worldStart,
} from '../sets/small-world.suite.ts'
import { itemCounters } from '../tables/item-counters.ts'
import { defaultFeatures } from './default-features.ts'
import { type FeatureCase, featureSuite } from './feature.suite.ts'
import type { Feature, Rows } from './feature.ts'
import { likedNeighbors } from './liked-neighbors.ts'
import { sourceScores } from './source-scores.ts'
import { type Factors, userVector } from './user-vector.ts'

/** Two dimensions; the item of ordinal n points along n radians, but nothing was learned of 5. */
const factors: Factors = {
  dims: 2,
  itemCount: 50,
  items: Float32Array.from({ length: 100 }, (_, index) => {
    const item = index >> 1
    if (item === 5) return 0
    return index % 2 === 0 ? Math.cos(item) : Math.sin(item)
  }),
  foldIn: (items) => Float32Array.of(items.length, items[0]!),
  footing: { alpha: 1, stiffness: 1 },
}

function featuresOf({ state, catalogue, neighbors, activity }: SmallWorld): readonly Feature[] {
  const resident = {
    catalogue,
    counters: state.rows(itemCounters),
    activity,
    neighbors: likedNeighbors(neighbors),
    user: userVector(() => factors),
  }
  const declared = {
    numbers: [{ attribute: 'year', typical: 1990, scale: 10 }],
    tags: ['channels', 'genres'],
    sources: ['trending', 'fresh'],
  }
  return [...defaultFeatures(resident, declared), ...sourceScores(['trending'])]
}

function rowsOf(items: readonly number[]): Rows {
  return {
    items: Uint32Array.from(items),
    rankBy: (source) =>
      Float32Array.from(items, (item) =>
        source === 'trending' ? (item % 3) - 1 : source === 'fresh' ? item : -1,
      ),
    scoreBy: (source) =>
      Float32Array.from(items, (item) => (source === 'trending' ? (item % 3) / 2 : 0)),
  }
}

async function caseOf(past: readonly Event[], user: string, at: number): Promise<FeatureCase> {
  const world = await smallWorld(past)
  const items = Array.from({ length: world.state.ordinals.size + 3 }, (_, item) => item)
  const context = { user, at, scene: 'home', channel: '', fields: {} }
  return { features: featuresOf(world), state: world.state, context, rows: rowsOf(items) }
}

featureSuite('default features', () =>
  caseOf(madeUpPast('features'), 'u1', worldStart + 40 * hourMs),
)
featureSuite('default features of an empty state', () => caseOf([], 'u1', worldStart))
featureSuite('default features long before the events', () => caseOf(madeUpPast(1), 'u1', 1))

describe('default features', () => {
  const genres = (...tags: string[]) => ({
    attributes: { genres: { tags }, year: { number: 2000 } },
  })
  const now = worldStart + 10 * hourMs
  const past = [
    put('drama', genres('drama')),
    put('drama2', genres('drama')),
    put('comedy', genres('comedy')),
    put('both', { ...genres('drama', 'comedy'), availableFrom: now - hourMs }),
    put('bare', { availableFrom: now + hourMs }),
    act('u', 'like', 'drama', now - hourMs),
    act('u', 'dislike', 'comedy', now - hourMs),
    act('v', 'like', 'drama', now - hourMs),
    act('v', 'like', 'drama2', now - hourMs),
    act('v', 'impression', 'drama2', now - hourMs),
    rate('w', 'comedy', 5, now - 9 * hourMs),
    serve('w', ['comedy'], now),
  ]
  const order = ['drama', 'drama2', 'comedy', 'both', 'bare']

  async function columns(
    user: string,
    more: readonly Event[] = [],
  ): Promise<Record<string, readonly number[]>> {
    const { features, state, context, rows } = await caseOf([...past, ...more], user, now)
    const known = await state.read(features.flatMap((feature) => feature.needs(context)))
    return Object.fromEntries(
      features.map((feature) => {
        const out = new Float32Array(rows.items.length).fill(feature.absent)
        feature.fill(context, rows, known, out)
        return [feature.name, [...out.subarray(0, order.length)]]
      }),
    )
  }

  const near = (actual: readonly number[] | undefined, expected: readonly number[]): void => {
    const rounded = (values: readonly number[]) => values.map((value) => value.toFixed(4))
    assert.deepEqual(rounded(actual!), rounded(expected))
  }

  it('are more than twenty', async () => {
    assert.ok(Object.keys(await columns('u')).length > 20)
  })

  it('tell what happened to an item', async () => {
    const of = await columns('u')
    near(of['impressions'], [0, Math.log(2), 0, 0, 0])
    near(of['likes'], [Math.log(3), Math.log(2), Math.log(2), 0, 0])
    near(of['like-rate'], [4.5 / 7, 3.5 / 6, 3.5 / 7, 0.5, 0.5])
    near(of['mean-signal'], [4 / 7, 2 / 6, 0, 0, 0])
    near(of['mean-rating'], [0, 0, 2.5 / 6, 0, 0])
    near(of['click-rate'], [1 / 20, 1 / 21, 1 / 20, 1 / 20, 1 / 20])
  })

  it('tell how an item is doing of late', async () => {
    const of = await columns('u')
    const heat = (hours: number, likes: number) => Math.log(1 + 2 * likes * 2 ** (-hours / 24))
    near(of['heat-day'], [heat(1, 2), heat(1, 1), heat(9, 1), 0, 0])
    near(of['likes-today'], [Math.log(3), Math.log(2), Math.log(2), 0, 0])
    // Whole hours and the running one, of which this much is over.
    const begun = (now % hourMs) / hourMs
    const rising = (lately: number, today: number) =>
      Math.log((1 + lately) / (1 + (today * (4 + begun)) / (24 + begun)))
    near(of['rising'], [rising(2, 2), rising(1, 1), rising(0, 1), 0, 0])
    near(of['age'], [11, 11, 11, 2, 1].map(Math.log))
  })

  it('tell how an item goes with what the user likes and dislikes', async () => {
    const of = await columns('u')
    // Three of five items are drama: 2 of 2 signals, less the 1.2 of chance, over 2 and 5 of doubt.
    const [drama, comedy] = [0.8 / 7, 1.2 / 7]
    near(of['liked-genres'], [drama, drama, 0, drama / 2, 0])
    near(of['disliked-genres'], [0, 0, comedy, comedy / 2, 0])
    near(of['recent-genres'], [1, 1, 0, 0.5, 0])
    assert.ok(of['neighbor-score']![1]! > 0)
    near(of['neighbor-score']!.slice(2), [0, 0, 0])
    // The vector of a user who likes the item of ordinal 0 alone is (1, 0).
    near(of['factor-match'], [1, Math.cos(1), Math.cos(2), Math.cos(3), Math.cos(4)])
  })

  it('tell what was welcome where it was met, and what was passed by', async () => {
    const of = await columns('u')
    // Met one of each, liked the drama: half a like was to be expected of either.
    const [drama, comedy] = [Math.log(3 / 2.5), Math.log(2 / 2.5)]
    near(of['welcome-genres'], [drama, drama, comedy, (drama + comedy) / 2, 0])
    // What was shown besides and passed by counts against its tags.
    const more = [serve('u', ['both'], now)]
    const beside = [Math.log(3 / (2 / 3 + 2)), Math.log(2 / (2 / 3 + 2))] as const
    near((await columns('u', more))['welcome-genres']!.slice(1, 3), beside)
    // Who liked nothing of what they were shown tells no tag from another.
    near((await columns('x', [serve('x', order, now)]))['welcome-genres'], [0, 0, 0, 0, 0])
  })

  it('tell how numbers compare', async () => {
    const of = await columns('u')
    near(of['year'], [1, 1, 1, 1, 0])
    near(of['liked-year'], [1, 1, 1, 1, 1])
    near(of['year-distance'], [0, 0, 0, 0, 1])
  })

  it('tell who recalled an item', async () => {
    const of = await columns('u')
    near(of['rank-trending'], [0, 1, 1 / 2, 0, 1])
    near(of['rank-fresh'], [1, 1 / 2, 1 / 3, 1 / 4, 1 / 5])
    near(of['source-count'], [1, 2, 2, 1, 2])
  })

  it('tell how good a source held an item', async () => {
    near((await columns('u'))['score-trending'], [0, 1 / 2, 1, 0, 1 / 2])
  })

  it('tell how much is known of the user', async () => {
    const of = await columns('u')
    near(of['history-length'], Array(5).fill(Math.log(3)))
    near(of['user-mean-signal'], Array(5).fill(0))
    const stranger = await columns('nobody')
    for (const name of ['history-length', 'liked-genres', 'neighbor-score', 'factor-match']) {
      near(stranger[name], [0, 0, 0, 0, 0])
    }
  })
})

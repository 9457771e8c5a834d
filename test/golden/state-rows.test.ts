import assert from 'node:assert/strict'
import { test } from 'node:test'
import { activity } from '../../src/state/activity/activity.ts'
import { Interests } from '../../src/state/profile/lasting.ts'
import { profile } from '../../src/state/profile/profile-fold.ts'
import { TopicRows } from '../../src/state/profile/topics/topic-rows.ts'
import { type TopicId, topicTable } from '../../src/state/profile/topics/topic-table.ts'
import { audience } from '../../src/state/projections/audience.ts'
import { batches } from '../../src/state/projections/batches.ts'
import { coOccurrence } from '../../src/state/projections/co-occurrence.ts'
import { heads } from '../../src/state/projections/heads.ts'
import { history } from '../../src/state/projections/history.ts'
import {
  type Entry,
  packEntries,
  packed,
  unpackEntries,
} from '../../src/state/projections/packed-entries.ts'
import type { Projection } from '../../src/state/projections/projection.ts'
import { seen } from '../../src/state/projections/seen.ts'
import { shelf } from '../../src/state/projections/shelf.ts'
import { verdicts } from '../../src/state/projections/verdicts.ts'
import { golden } from './golden.ts'

const entries: readonly Entry[] = [
  {
    item: 0,
    score: 0.5,
    sources: ['popular', 'fresh'],
    run: 'run-1',
    model: 'ranker/3',
    expiresAt: 1_700_000_000_000,
  },
  {
    item: 4_294_967_295,
    score: -1.25,
    sources: ['fresh', 'popular'],
    run: 'run-1',
    model: 'ranker/3',
    expiresAt: 1_700_000_001_000,
  },
  { item: 70_000, score: 0, sources: [], run: 'run-2', model: 'none', expiresAt: 0 },
]

/** Encodes a value as its projection does, and decodes what was written of old. */
function rowTest<Value>(
  projection: Pick<Projection<Value>, 'name' | 'encode' | 'decode'>,
  value: Value,
): void {
  test(`a row of ${projection.name} is written as ever, and one of old is still read`, async () => {
    const kept = await golden(projection.name, projection.encode(value))
    assert.deepEqual(projection.decode(kept), value)
  })
}

test('packed entries are written as ever, and those of old are still read', async () => {
  const header = { name: 'ünï', count: 3 }
  const kept = await golden('packed-entries', packEntries(header, entries))
  assert.deepEqual(unpackEntries(kept), { header, entries })
})

rowTest(history, [
  { item: 3, action: 'click', value: undefined, at: 1_700_000_000_000 },
  { item: 4_294_967_295, action: 'rate', value: 4.5, at: 1_700_000_000_001 },
  { item: 0, action: 'follow', value: 0, at: 0 },
])

rowTest(seen, {
  until: new Map([
    [7, 20_000],
    [0, 0xffff],
    [4_294_967_295, 1],
  ]),
  blocked: new Set([9, 0]),
})

rowTest(coOccurrence, {
  items: [5, 4_294_967_295],
  weights: [1, 0.25],
  slacks: [0, 0.125],
  total: 1.75,
})

rowTest(
  {
    ...shelf,
    encode: ({ waiting, ...header }) => shelf.encode({ ...header, waiting: packed(waiting) }),
    decode: (bytes) => {
      const { waiting, ...header } = shelf.decode(bytes)
      return { ...header, waiting: [...waiting] }
    },
  },
  {
    lastBatch: 12,
    lastAt: 1_700_000_000_000,
    offeredAt: 1_699_999_999_999,
    pulse: 3,
    waiting: entries,
  },
)

rowTest(batches, {
  batch: 12,
  at: 1_700_000_000_000,
  user: 'ann',
  scene: 'home',
  channel: '',
  request: 'req-1',
  delivery: 'now',
  recipe: 'feed',
  arms: [],
  items: entries,
})

rowTest(
  verdicts,
  new Map([
    [4_294_967_295, { value: 4.5, liked: false, at: 1_700_000_000_000 }],
    [7, { value: undefined, liked: true, at: 0 }],
  ]),
)

rowTest(audience, {
  histogram: [0, 0, 0, 0, 0, 0, 0, 0, 2, 1],
  fans: [
    { user: 'ünï', regard: 2, at: 1_700_000_000_000 },
    { user: 'ann', value: 4.5, regard: 1.6, at: 1_699_999_999_999 },
  ],
})

// Steps of five minutes, hours and days; a kind each of a click, a like and a signal.
rowTest(activity, [
  [5_666_666 * 32 + 1, 3, 5_666_667 * 32 + 4, 1, 5_666_667 * 32 + 15, -1.6],
  [472_222 * 32 + 1, 3],
  [],
])

rowTest(heads, [4_294_967_295, 0, 7])

const played = { item: 4_294_967_295, action: 'play', value: 0.75, at: 1_700_000_000_000 } as const
const liked = { item: 7, action: 'like', value: undefined, at: 1_699_999_999_999 } as const

const hasPlayed = { deed: played, weight: 2 }

function topicOf(channel: string, attribute: string, tag: string): TopicId {
  const table = topicTable()
  return table.of(table.word(channel), table.word(attribute), table.word(tag))
}

function lasting(): Interests {
  const interests = new Interests(topicTable())
  const place = interests.add(topicOf('18', 'genres', 'drámä'))
  interests.put(place, { days: [19_675, 19_676], sums: [4, -1.5] })
  interests.proofs[place] = [{ deed: liked, weight: 4 }, hasPlayed]
  // Without days, and kept for what speaks for it.
  interests.proofs[interests.add(topicOf('', 'cast', ''))] = [hasPlayed]
  return interests
}

function fading(): TopicRows {
  const rows = new TopicRows(topicTable())
  const place = rows.add(topicOf('18', 'genres', 'drámä'))
  rows.weights[place] = 0.125
  rows.times[place] = 1_700_000_000_000
  rows.proofs[place] = [hasPlayed]
  return rows
}

rowTest(profile, {
  version: 3,
  updatedAt: 1_700_000_000_000,
  lasting: lasting(),
  session: {
    startedAt: 1_699_999_999_999,
    lastAt: 1_700_000_000_000,
    deedCount: 2,
    interests: fading(),
  },
  follows: new Map([['director:Agnès Varda', 1_700_000_000_000]]),
  statistics: {
    actions: { like: 1, play: 1, follow: 1 },
    daysBefore: 4,
    sessions: 2,
    firstAt: 1_600_000_000_000,
    lastAt: 1_700_000_000_000,
    ratings: { count: 0, mean: 0, squares: 0 },
    days: [19_675, 19_676],
  },
})

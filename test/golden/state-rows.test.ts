import assert from 'node:assert/strict'
import { test } from 'node:test'
import { audience } from '../../src/state/projections/audience.ts'
import { batches } from '../../src/state/projections/batches.ts'
import { coOccurrence } from '../../src/state/projections/co-occurrence.ts'
import { history } from '../../src/state/projections/history.ts'
import {
  type Entry,
  packEntries,
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

rowTest(shelf, {
  lastBatch: 12,
  lastAt: 1_700_000_000_000,
  offeredAt: 1_699_999_999_999,
  pulse: 3,
  waiting: entries,
})

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

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { manualClock } from '../../events/clock.ts'
import type { Json } from '../../events/event.ts'
import { memoryLog } from '../../events/log/memory-log.ts'
import { defaultSignals } from '../../events/signals.ts'
import { openState } from '../../state/folded-state.ts'
import { openJournal } from '../../state/journal.ts'
import { parameters } from '../../state/projections/parameters.ts'
import { memoryStore } from '../../state/store/memory-store.ts'
import { declaredParameters, recipeParameters } from './declared/all.ts'
import { setsThatDoNot, setsThatFit } from './declared/candidate-sets.suite.ts'
import { hotParameters } from './parameters.ts'

async function house() {
  const log = memoryLog()
  const state = await openState({ store: memoryStore(), projections: [parameters], tables: [] })
  const journal = openJournal({ log, state })
  let lastId = 0
  const newId = () => `p${lastId++}`
  const rankers = {
    names: () => ['deep-fm'],
    named: async (name: string) => (name === 'deep-fm' ? {} : undefined),
  }
  const sources = ['trending', 'fresh']
  const names = { sources, blended: sources, scenes: ['home'], rankers }
  const door = hotParameters({ state, journal, clock: manualClock(77), newId, names })
  return { log, list: door.parameters, set: door.setParameter, ...door }
}

const fits: Readonly<Record<string, readonly Json[]>> = {
  signals: [{}, { click: { weight: -100 } }, { rate: { weight: 1, neutral: 3, scale: 0.5 } }],
  interests: [
    {},
    { weights: {} },
    { weights: { click: -100, read: [[0, 1.5]] }, halfLifeMinutes: 1_440 },
  ],
  blend: [{}, { fresh: 1 }, { fresh: 0.5, trending: 0.5 }, { fresh: 0 }],
  combinations: [
    {},
    { home: { factors: [{ head: 'click', power: 1 }] } },
    { '*': { sum: [{ head: 'click', weight: 1 }] } },
  ],
  blocked: [{}, { items: ['a'] }, { channels: ['x'] }, { items: [], channels: [] }],
  pins: [{}, { home: [] }, { home: [{ item: 'a', position: 99 }] }],
  'candidate-sets': setsThatFit,
  nearline: [{}, { lowWater: 0, concurrency: 64 }, { runsPerSecond: 0 }],
  grants: [
    {},
    { otherwise: null },
    { rules: [{ writer: 'a', scene: 'home', quota: 0, periodMs: 1, share: 0.5 }] },
    { rules: [{ scene: 'home:pool' }, { segment: 'x', quota: 0 }], segmentBy: 'plan' },
    { segmentBy: 'country', queueLength: 600, otherwise: { minIntervalMs: 0, ttlMs: 1 } },
  ],
  'predict-log': [{}, { share: 0 }, { share: 1, rows: 100, callsPerSecond: 1_000 }],
  promotion: [{}, { way: 'canary', canaryShare: 0.5 }, { way: 'shadow-canary', tolerance: 0 }],
  online: [{}, { rankers: 0 }, { everyMinutes: 60, delaySeconds: 1, rate: 1 }],
  fusions: [{}, { praise: { like: 1, share: 2.5 } }, { 'a-b_1': {} }],
  algorithms: [
    {},
    { a: { sources: { trending: 1 } } },
    {
      a: { sources: { trending: 600 }, ranker: 'popular', blend: { trending: 1 }, enabled: false },
      k: { parts: { a: 10 }, blend: { a: 0.5 }, size: 600, scenes: ['home'], weight: -0.5 },
    },
  ],
}

const misfits: Readonly<Record<string, readonly Json[]>> = {
  signals: [
    null,
    [],
    { glance: { weight: 1 } },
    { click: 1 },
    { click: {} },
    { click: { weight: 101 } },
    { click: { weight: '1' } },
    { click: { weight: 1, neutral: 1 } },
    { click: { weight: 1, scale: 1 } },
    { click: { weight: 1, neutral: 1, scale: 0 } },
    { click: { weight: 1, neutral: 'x', scale: 1 } },
    { click: { weight: 1, half: 2 } },
  ],
  interests: [
    null,
    [],
    { halfLifeMinutes: 0 },
    { halfLifeMinutes: '10' },
    { halfLife: 10 },
    { weights: [] },
    { weights: { glance: 1 } },
    { weights: { impression: 1 } },
    { weights: { click: 101 } },
    { weights: { click: '5' } },
    { weights: { read: [] } },
    { weights: { read: [[0]] } },
    { weights: { read: [1, 2] } },
    { weights: { read: [[0, -101]] } },
    {
      weights: {
        read: [
          [1_000, 2],
          [1_000, 1],
        ],
      },
    },
  ],
  blend: [
    null,
    0.5,
    [0.5],
    { frsh: 0.1 },
    { fresh: -0.1 },
    { fresh: '0.5' },
    { fresh: 0.6, popular: 0.5 },
  ],
  combinations: [
    null,
    [],
    { home: {} },
    { home: { sum: [] } },
    { elsewhere: { sum: [{ head: 'click', weight: 1 }] } },
  ],
  blocked: ['a', ['a'], { items: 'a' }, { items: [1] }, { channels: { x: true } }, { item: ['a'] }],
  pins: [
    null,
    [],
    { home: { item: 'a', position: 0 } },
    { home: [{ item: 7, position: 0 }] },
    { home: [{ item: 'a', position: -1 }] },
    { home: [{ item: 'a', position: 100 }] },
    { home: [{ item: 'a', position: 0.5 }] },
    { home: [{ item: 'a' }] },
    { home: [null] },
    { home: [{ item: 'a', position: 0, channel: 'x' }] },
    { elsewhere: [{ item: 'a', position: 0 }] },
  ],
  'candidate-sets': setsThatDoNot,
  nearline: [null, [], { lowwater: 1 }, { lowWater: -1 }, { lowWater: 0.5 }, { dryRuns: 0 }],
  grants: [
    null,
    { rules: {} },
    { rules: [null] },
    { rules: [{ writers: 'a' }] },
    { rules: [{ writer: '' }] },
    { rules: [{ share: 1.1 }] },
    { rules: [{ quota: -1 }] },
    { otherwise: 'deny' },
    { otherwise: { writer: 'a' } },
    { queueLength: 0 },
    { segmentBy: 7 },
    { rules: [{ segment: 'x', quota: 0 }] },
    { rules: [{ scene: 'elsewhere', quota: 0 }] },
  ],
  'predict-log': [null, [], { share: 1.1 }, { rows: 0.5 }, { rows: 101 }, { sample: 1 }],
  promotion: [null, { way: 'soon' }, { shadowShare: 2 }, { shadowRuns: 0 }, { canaries: 1 }],
  online: [
    null,
    { rankers: 2 },
    { everyMinutes: 0.5 },
    { delaySeconds: 0 },
    { rate: 0 },
    { on: 1 },
  ],
  fusions: [null, { like: { like: 1 } }, { praise: { glance: 1 } }, { praise: { like: 1_001 } }],
  algorithms: [
    null,
    { A: { sources: { trending: 1 } } },
    { a: null },
    { a: {} },
    { a: { sources: {} } },
    { a: { sources: { trending: 0 } } },
    { a: { sources: { nobody: 1 } } },
    { a: { sources: { trending: 1 }, parts: { b: 1 } } },
    { a: { sources: { trending: 1 }, ranker: 'best' } },
    { a: { sources: { trending: 1 }, ranker: 7 } },
    { a: { parts: { b: 1 }, ranker: 'deep-fm' }, b: { sources: { trending: 1 } } },
    { a: { sources: { trending: 1 }, blend: { fresh: 0.5 } } },
    { a: { sources: { trending: 1 }, blend: { trending: 2 } } },
    { a: { sources: { trending: 1 }, size: 601 } },
    { a: { sources: { trending: 1 }, scenes: 'home' } },
    { a: { sources: { trending: 1 }, scenes: ['elsewhere'] } },
    { a: { sources: { trending: 1 }, enabled: 1 } },
    { a: { sources: { trending: 1 }, hours: 1 } },
    { a: { parts: { b: 1 } } },
    { a: { parts: { a: 1 } } },
    { a: { sources: { trending: 1 } }, b: { parts: { a: 1 } }, c: { parts: { b: 1 } } },
  ],
}

describe('hot parameters', () => {
  it('are what they were declared until somebody sets them', async () => {
    const { list, set } = await house()
    const before = (await list()).find(({ name }) => name === 'signals')!
    assert.deepEqual(before.value, defaultSignals)
    assert.deepEqual([before.version, before.by, before.changedAt], [0, undefined, undefined])
    const after = await set('signals', { click: { weight: 3 } }, 'olga')
    assert.deepEqual(
      after,
      (await list()).find(({ name }) => name === 'signals'),
    )
    assert.deepEqual([after.version, after.by, after.changedAt], [1, 'olga', 77])
  })

  it('take what fits, their own first value included', async () => {
    const { set } = await house()
    for (const { name, initial } of declaredParameters) {
      for (const value of [initial, ...fits[name]!]) {
        assert.deepEqual((await set(name, value, 'olga')).value, value)
      }
    }
  })

  it('refuse what does not fit, and log none of it', async () => {
    const { set, log } = await house()
    for (const { name } of declaredParameters) {
      for (const value of misfits[name]!) {
        const what = `${name} ${JSON.stringify(value)}`
        await assert.rejects(set(name, value, 'olga'), { code: 'invalid_argument' }, what)
      }
    }
    await assert.rejects(set('blnd', {}, 'olga'), { code: 'not_found', field: 'name' })
    assert.equal(log.head, 0)
  })

  it('that feeds are made by are parameters', () => {
    const names = declaredParameters.map(({ name }) => name)
    for (const name of recipeParameters) assert.ok(names.includes(name), name)
  })
})

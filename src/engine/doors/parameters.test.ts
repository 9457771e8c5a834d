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
import { declaredParameters, hotParameters, recipeParameters } from './parameters.ts'

async function house() {
  const log = memoryLog()
  const state = await openState({ store: memoryStore(), projections: [parameters], tables: [] })
  const journal = openJournal({ log, state })
  let lastId = 0
  const newId = () => `p${lastId++}`
  return { log, ...hotParameters({ state, journal, clock: manualClock(77), newId }) }
}

const fits: Readonly<Record<string, readonly Json[]>> = {
  signals: [{}, { click: { weight: -100 } }, { rate: { weight: 1, neutral: 3, scale: 0.5 } }],
  blend: [{}, { fresh: 1 }, { fresh: 0.5, trending: 0.5 }, { fresh: 0 }],
  blocked: [{}, { items: ['a'] }, { channels: ['x'] }, { items: [], channels: [] }],
  pins: [{}, { home: [] }, { home: [{ item: 'a', position: 99 }] }],
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
  blend: [null, 0.5, [0.5], { fresh: -0.1 }, { fresh: '0.5' }, { fresh: 0.6, popular: 0.5 }],
  blocked: ['a', ['a'], { items: 'a' }, { items: [1] }, { channels: { x: true } }],
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

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { StarlingError } from '../../error.ts'
import { manualClock } from '../../events/clock.ts'
import type { Event, Json } from '../../events/event.ts'
import { memoryLog } from '../../events/log/memory-log.ts'
import { openState } from '../../state/folded-state.ts'
import { openJournal } from '../../state/journal.ts'
import { parameterView } from '../../state/parameter-view.ts'
import { parameters } from '../../state/projections/parameters.ts'
import { memoryStore } from '../../state/store/memory-store.ts'
import { fitsDeclaration } from './declared/all.ts'
import { hotValues } from './hot-values.ts'
import { hotParameters } from './parameters.ts'

async function house() {
  const log = memoryLog()
  const state = await openState({ store: memoryStore(), projections: [parameters], tables: [] })
  const journal = openJournal({ log, state })
  const plane = { gone: false }
  const record = async (events: readonly Event[]) => {
    if (plane.gone) throw new StarlingError('unavailable', 'disk full')
    await journal.record(events)
  }
  let lastId = 0
  const newId = () => `p${lastId++}`
  const clock = manualClock(100)
  const hot = hotValues(await parameterView(state, fitsDeclaration))
  const rankers = { names: () => [], named: async () => undefined }
  const names = { sources: [], blended: ['trending', 'fresh'], scenes: ['home'], rankers }
  const door = hotParameters({ state, journal: { record }, clock, newId, names })
  /** As a program of another version would log it: without asking this one. */
  const logged = (name: string, value: Json) =>
    journal.record([{ type: 'parameter', id: newId(), at: clock.now(), name, value, by: 'before' }])
  const viewOf = async (name: string) =>
    (await door.parameters()).find((view) => view.name === name)!
  return { log, clock, hot, plane, logged, viewOf, ...door }
}

describe('the history of a parameter', () => {
  it('holds every value, who gave it when, and what it changed', async () => {
    const { clock, setParameter, parameterHistory } = await house()
    await setParameter('blend', { fresh: 0.2, trending: 0.1 }, 'olga')
    clock.advance(50)
    await setParameter('blend', { fresh: 0.2 }, 'ivan')
    const versions = await parameterHistory('blend')
    assert.deepEqual(versions, [
      {
        ...{ version: 2, value: { fresh: 0.2 }, at: 150, by: 'ivan' },
        changes: [{ path: 'trending', before: 0.1 }],
      },
      {
        ...{ version: 1, value: { fresh: 0.2, trending: 0.1 }, at: 100, by: 'olga' },
        changes: [{ path: 'fresh', before: 0.05, after: 0.2 }],
      },
      { version: 0, value: { trending: 0.1, fresh: 0.05 }, changes: [] },
    ])
    await assert.rejects(parameterHistory('blnd'), { code: 'not_found' })
  })

  it('keeps fifty values and the newest, and says which there are', async () => {
    const { setParameter, parameterHistory, rollbackParameter, viewOf } = await house()
    for (let turn = 1; turn <= 60; turn++)
      await setParameter('blend', { fresh: turn / 100 }, 'olga')
    const versions = (await parameterHistory('blend')).map(({ version }) => version)
    assert.deepEqual([versions.length, versions[0], versions.at(-1)], [51, 60, 10])
    await assert.rejects(
      rollbackParameter('blend', 9, 'olga'),
      /version 9 is not kept; there are 10 to 60/,
    )
    await rollbackParameter('blend', 10, 'ivan')
    const { value, version, by } = await viewOf('blend')
    assert.deepEqual([value, version, by], [{ fresh: 0.1 }, 61, 'ivan'])
  })

  it('goes back to what it was before anybody told', async () => {
    const { setParameter, rollbackParameter } = await house()
    await setParameter('blend', {}, 'olga')
    const { value, version } = await rollbackParameter('blend', 0, 'olga')
    assert.deepEqual([value, version], [{ trending: 0.1, fresh: 0.05 }, 2])
  })
})

describe('a value that is only looked at', () => {
  it('tells what it would change, place by place, and changes nothing', async () => {
    const { log, checkParameter } = await house()
    const pins = { home: [{ item: 'a', position: 3 }] }
    assert.deepEqual(await checkParameter('pins', pins), [{ path: 'home', after: pins.home }])
    assert.deepEqual(await checkParameter('blend', { trending: 0.1, fresh: 0.05 }), [])
    await assert.rejects(checkParameter('blend', { fresh: 2 }), { code: 'invalid_argument' })
    await assert.rejects(checkParameter('blnd', {}), { code: 'not_found' })
    assert.equal(log.head, 0)
  })
})

describe('the last good value', () => {
  it('stays in force where what an earlier version took does not fit, and the view says so', async () => {
    const { hot, logged, setParameter, viewOf } = await house()
    await setParameter('blend', { fresh: 0.3 }, 'olga')
    await logged('blend', { fresh: 1.5 })
    await logged('blend', 'half')
    assert.deepEqual(hot.shares(), { fresh: 0.3 })
    const { value, version, trouble } = await viewOf('blend')
    assert.deepEqual([value, version], [{ fresh: 0.3 }, 1])
    assert.match(trouble!, /^version 3 does not fit, so 1 is in force: .*must be \{"source": share/)
    await setParameter('blend', { fresh: 0.4 }, 'olga')
    assert.deepEqual(hot.shares(), { fresh: 0.4 })
    assert.equal((await viewOf('blend')).trouble, undefined)
  })

  it('is the declared one where none fits', async () => {
    const { hot, logged, viewOf } = await house()
    await logged('blend', [])
    assert.deepEqual(hot.shares(), { trending: 0.1, fresh: 0.05 })
    assert.equal((await viewOf('blend')).version, 0)
  })

  it('stays in force where nothing can be written any more', async () => {
    const { hot, plane, setParameter, viewOf } = await house()
    await setParameter('nearline', { lowWater: 7 }, 'olga')
    plane.gone = true
    await assert.rejects(setParameter('nearline', { lowWater: 8 }, 'olga'), /disk full/)
    assert.equal(hot.nearline().lowWater, 7)
    assert.deepEqual((await viewOf('nearline')).value, { lowWater: 7 })
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { defaultSignals } from '../../events/signals.ts'
import { click, noon, page, testFolder, testLake } from '../../lake/lake-samples.ts'
import { facts } from './facts/facts.ts'
import { lakeReader } from './lake-reader.ts'
import { measures } from './measures/measures.ts'
import { metricsOver } from './metrics.ts'

describe('metrics on a real lake', () => {
  it('answers every measure by every dimension, from memory and from files', async () => {
    await using folder = await testFolder()
    await using own = await testLake(folder.path)
    const shown = {
      ...{ request: 'r3', batch: 1, position: 0, scene: 'home', channel: '', arms: ['a'] },
      ...{ sources: ['hot'], model: 'ranker/3', servedAt: noon },
    }
    const genres = { tags: ['drama', 'war'] }
    await own.tell([
      {
        type: 'item',
        id: 'x',
        at: noon,
        item: 'i1',
        record: { attributes: { genres }, channels: [] },
      },
      { type: 'user', id: 'u', at: noon, user: 'u1', attributes: { country: { text: 'de' } } },
      {
        ...{ type: 'offered', id: 'o', at: noon - 40_000, user: 'u3', scene: 'home', channel: '' },
        ...{ writer: 'home', entries: [], replace: true, pulse: 0 },
      },
      page(3),
      click(4, { item: 'i1', at: noon + 1_000, shown }),
      click(5, { item: 'i1', at: noon + 1_000, shown, action: 'impression' }),
    ])
    own.lake.keep([
      {
        table: 'runs',
        row: { at: noon, run: 'run-1', user: 'u1', recipe: 'r', stage: 'rank', name: 'n', ms: 2 },
      },
    ])
    own.clock.set(noon + 60_000)
    const ask = () =>
      metricsOver({
        ...{
          reader: lakeReader(
            () => own.lake,
            () => noon,
          ),
          clock: own.clock,
        },
        ...{ signals: () => defaultSignals, kindAttribute: 'genres' },
      })
    const metrics = ask()
    const { measures: told, dimensions } = await metrics.describeMetrics()
    assert.ok(dimensions.some(({ name }) => name === 'item.genres'))
    assert.ok(dimensions.some(({ name }) => name === 'user.country'))
    assert.equal(told.length, measures.size)

    for (const fact of Object.values(facts)) {
      const names = [...measures.values()].filter(({ of }) => of.fact === fact.name)
      const open = [...(fact.hasItem ? ['item.genres'] : []), ...(fact.hasUser ? ['user.age'] : [])]
      const dimensions = [...Object.keys(fact.dimensions), ...open]
      while (dimensions.length > 0) {
        const by = dimensions.splice(0, 3)
        const measures = names.map(({ name }) => name).slice(-12)
        const { rows } = await metrics.queryMetrics({ measures, by, from: noon - 60_000 })
        if (fact.name === 'deeds') assert.deepEqual(rows, [], 'no page came after the deed')
        else if (fact.name === 'knowledge') assert.deepEqual(rows, [], 'no deed came before it')
        else assert.ok(rows.length > 0, `${fact.name} by ${by}`)
      }
    }

    const question = { measures: ['ctr', 'success_rate', 'coverage'], by: ['item.genres'] }
    const fresh = await metrics.queryMetrics(question)
    assert.deepEqual(fresh.rows, [
      { slice: ['drama'], values: [1, 1, 1] },
      { slice: ['war'], values: [1, 1, 1] },
    ])
    assert.equal(fresh.through, noon)
    await own.lake.flush()
    assert.deepEqual(await ask().queryMetrics(question), fresh)
    const { weeks } = await metrics.sourceReport({ weeks: 1 })
    assert.deepEqual(
      weeks[0]!.sources.map(({ source, successes }) => [source, successes]),
      [
        ['hot', 1],
        ['newest', 1],
      ],
    )
  })
})

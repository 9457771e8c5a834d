import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { manualClock } from '../../events/clock.ts'
import { defaultSignals } from '../../events/signals.ts'
import { madeUpLake } from './made-up-lake.suite.ts'
import { metricsOver } from './metrics.ts'

const now = Date.UTC(2026, 6, 1)

/** Names and values as the worst of callers would choose them. */
const hostile = [
  `'`,
  `"`,
  `';DROP TABLE actions;--`,
  `") FROM actions; DROP TABLE actions; --`,
  '$1',
  '?',
  '0',
  '*',
  '$.a[*]',
  'a/b',
  'a~b~1',
  'a.b',
  '\\',
  ' ',
  '__proto__',
  'ключ 鍵 🔑',
]

describe('metrics by hostile names', () => {
  it('find the attribute of that name, and touch nothing else', async () => {
    using lake = await madeUpLake()
    const attributes = Object.fromEntries(hostile.map((name) => [name, `of ${name}`]))
    // A plain object would take this name for its prototype.
    const json = JSON.stringify(attributes).replace('{', `{"__proto__":"of __proto__",`)
    await lake.put('items', [{ at: now, item: 'a', withdrawn: false, offset: 1 }])
    await lake.query(`UPDATE items SET attributes = $1::JSON`, [json])
    const on = { at: now, user: 'ann', item: 'a', scene: 'home', channel: '', offset: 2 }
    await lake.put('actions', [{ ...on, action: 'click' }])
    const metrics = metricsOver({
      ...{ reader: lake, clock: manualClock(now), kindAttribute: `');DROP TABLE slots;--` },
      signals: () => defaultSignals,
    })
    for (const name of hostile) {
      const dimension = `item.${name}`
      const { rows } = await metrics.queryMetrics({
        measures: ['clicks', 'users'],
        by: [dimension, `user.${name}`],
        where: [{ dimension, in: [`of ${name}`, name] }],
      })
      assert.deepEqual(rows, [{ slice: [`of ${name}`, ''], values: [1, 1] }], name)
    }
    const names = (await metrics.describeMetrics()).dimensions.map(({ name }) => name)
    for (const name of hostile) assert.ok(names.includes(`item.${name}`), name)
    await metrics.queryMetrics({ measures: ['diversity'] })
  })

  it('look for values as they are', async () => {
    using lake = await madeUpLake()
    const on = { at: now, user: 'ann', item: 'a', action: 'click', channel: '', offset: 2 }
    await lake.put(
      'actions',
      hostile.map((scene) => ({ ...on, scene, sources: [scene, 'x'] })),
    )
    const metrics = metricsOver({
      ...{ reader: lake, clock: manualClock(now), kindAttribute: 'genres' },
      signals: () => defaultSignals,
    })
    for (const name of hostile) {
      const { rows } = await metrics.queryMetrics({
        measures: ['clicks'],
        by: ['scene'],
        where: [
          { dimension: 'scene', in: [name] },
          { dimension: 'source', in: [name] },
        ],
      })
      assert.deepEqual(rows, [{ slice: [name], values: [1] }])
    }
    const { weeks } = await metrics.sourceReport({ weeks: 1, scene: hostile[2]! })
    assert.deepEqual(weeks[0]!.sources, [])
  })
})

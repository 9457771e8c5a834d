import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { drillInto, type MetricsView, stepOf, toggled, withSlices } from './metrics-view.ts'
import { paths, readPlace } from './place.ts'

const view: MetricsView = {
  ...{ measures: ['ctr'], by: ['source'], where: [{ dimension: 'scene', values: ['home'] }] },
  ...{ span: { lastMs: 3_600_000 }, stepMs: 0 },
}

describe('places of the console', () => {
  it('are read from addresses, whatever letters an id has', () => {
    for (const id of ['1', 'a/b', 'ä ?&#%=', '9007199254740993', '.x']) {
      assert.deepEqual(readPlace(paths.user(id, id)), { screen: 'users', id, scene: id })
      assert.deepEqual(readPlace(paths.item(id)), { screen: 'items', id, words: '' })
      assert.deepEqual(readPlace(paths.set(id, id)), { screen: 'sets', name: id, channel: id })
      assert.deepEqual(readPlace(paths.parameter(id)), { screen: 'parameters', name: id })
      assert.deepEqual(readPlace(paths.sql(id)), { screen: 'sql', sql: id })
    }
  })

  it('know now, and where nothing is', () => {
    for (const path of ['/console', '/console/', '/console?x=1'])
      assert.deepEqual(readPlace(path), { screen: 'now' }, path)
    const none = [
      '/',
      '/console/none',
      '/console/sql/1',
      '/console/users/1/2',
      '/console/users/%zz',
    ]
    for (const path of none) assert.deepEqual(readPlace(path), { screen: 'nowhere' }, path)
  })

  it('give a view of metrics back as it was', () => {
    const name = fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' })
    const names = (maxLength: number) => fc.uniqueArray(name, { maxLength })
    const slice = fc.record({
      dimension: name,
      values: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
    })
    const span = fc.oneof(
      fc.record({ lastMs: fc.integer({ min: 1_000, max: 1e10 }) }),
      fc.record({
        from: fc.integer({ min: 0, max: 1e12 }),
        to: fc.integer({ min: 2e12, max: 3e12 }),
      }),
    )
    const views = fc.record({
      ...{ measures: names(6), by: names(3), span },
      where: fc.uniqueArray(slice, { maxLength: 4, selector: ({ dimension }) => dimension }),
      stepMs: fc.constantFrom(0, 1_000, 60_000),
    })
    fc.assert(
      fc.property(views, (made) => {
        const asked = structuredClone(made) // Its records have no prototype.
        assert.deepEqual(readPlace(paths.metrics(asked)), { screen: 'metrics', view: asked })
      }),
    )
  })

  it('fall back to what is usual where an address makes no sense', () => {
    for (const query of ['?last=never', '?from=9&to=3', '?step=-1', '?last=0', '?from=x&to=y']) {
      const place = readPlace(`/console/metrics${query}`)
      assert.deepEqual(place, readPlace('/console/metrics'), query)
    }
  })
})

describe('slicing', () => {
  it('goes into a slice, and back out by as many as one likes', () => {
    const inside = drillInto(view, ['als'])
    assert.deepEqual(inside.by, [])
    assert.deepEqual(inside.where, [
      { dimension: 'scene', values: ['home'] },
      { dimension: 'source', values: ['als'] },
    ])
    // Who slices by what they are within already, means the narrower slice.
    const again = drillInto({ ...inside, by: ['scene'] }, ['stream'])
    assert.deepEqual(again.where.at(-1), { dimension: 'scene', values: ['stream'] })
    assert.equal(again.where.length, 2)
    assert.deepEqual(withSlices(inside, 1).where, view.where)
  })

  it('toggles names, and keeps the newest where there are too many', () => {
    assert.deepEqual(toggled(['a', 'b'], 'a', 3), ['b'])
    assert.deepEqual(toggled(['a', 'b'], 'c', 2), ['b', 'c'])
  })

  it('takes steps that make a hundred points', () => {
    assert.equal(stepOf(900_000), 10_000)
    assert.equal(stepOf(3_600_000), 30_000)
    assert.equal(stepOf(86_400_000), 900_000)
    assert.equal(stepOf(2_592_000_000), 21_600_000)
    assert.equal(stepOf(1e15), 2_678_400_000)
  })
})

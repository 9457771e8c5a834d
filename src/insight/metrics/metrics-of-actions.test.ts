import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { action, day, hourMs, putItems, serve, world } from './asked-world.suite.ts'

describe('metrics of actions', () => {
  // Ann sees a, b, c and clicks a; Bob sees a, b, clicks both and reads for 30 s and 90 s.
  async function clicked() {
    const made = await world()
    const sources = { a: ['trending', 'similar'], b: ['similar'], c: [] }
    const rows = [
      ...(['a', 'b', 'c'] as const).map((item) => [10, 'impression', 'ann', item] as const),
      ...(['a', 'b'] as const).map((item) => [70, 'impression', 'bob', item] as const),
      ...([11, 71] as const).map((at) => [at, 'click', at === 11 ? 'ann' : 'bob', 'a'] as const),
      [72, 'click', 'bob', 'b'] as const,
    ]
    await made.lake.put('actions', [
      ...rows.map((row) => action(row, { sources: sources[row[3]] })),
      action([73, 'read', 'bob', 'a'], { value: 30_000, sources: sources.a }),
      action([74, 'read', 'bob', 'b'], { value: 90_000, sources: sources.b }),
      action([75, 'like', 'bob', 'b'], { sources: sources.b }),
    ])
    return made
  }

  it('divides clicks by impressions', async () => {
    using made = await clicked()
    const measures = ['impressions', 'clicks', 'ctr', 'interactions', 'interaction_rate']
    assert.deepEqual(await made.ask({ measures }), [[5, 3, 3 / 5, 1, 1 / 5]])
  })

  it('counts a row of several sources for each of them, and of none for none', async () => {
    using made = await clicked()
    assert.deepEqual(await made.ask({ measures: ['impressions', 'clicks'], by: ['source'] }), [
      ['similar', 4, 3],
      ['trending', 2, 2],
      ['', 1, 0],
    ])
  })

  it('orders slices by the first measure, and gives the largest', async () => {
    using made = await clicked()
    const asked = { measures: ['ctr', 'clicks'], by: ['user', 'item'] }
    assert.deepEqual(await made.ask({ ...asked, size: 4 }), [
      ['ann', 'a', 1, 1],
      ['bob', 'a', 1, 1],
      ['bob', 'b', 1, 1],
      ['ann', 'b', 0, 0],
    ])
  })

  it('sums reads in seconds, per read and per user', async () => {
    using made = await clicked()
    const measures = ['dwell', 'dwell_total', 'dwell_per_user', 'users']
    assert.deepEqual(await made.ask({ measures }), [[60, 120, 60, 2]])
  })

  it('fills steps in which nothing happened: sums with 0, means with nothing', async () => {
    using made = await clicked()
    const measures = ['clicks', 'dwell', 'ctr']
    const span = { from: day, to: day + 3 * hourMs, stepMs: hourMs }
    assert.deepEqual(await made.ask({ measures, ...span }), [
      [0, 1, null, 1 / 3],
      [hourMs, 2, 60, 1],
      [2 * hourMs, 0, null, null],
    ])
    assert.deepEqual(
      await made.ask({ measures: ['clicks'], by: ['user'], size: 1, ...span }),
      [0, 2, 0].map((clicks, step) => [step * hourMs, 'bob', clicks]),
    )
  })

  it('filters by any value of any dimension, lists included', async () => {
    using made = await clicked()
    const where = [
      { dimension: 'source', in: ['trending'] },
      { dimension: 'user', in: ['bob', 'eve'] },
    ]
    assert.deepEqual(await made.ask({ measures: ['impressions', 'clicks'], where }), [[1, 1]])
    const none = [{ dimension: 'source', in: [''] }]
    assert.deepEqual(await made.ask({ measures: ['impressions'], where: none }), [[1]])
  })

  it('slices by whatever attribute an item or a user has', async () => {
    using made = await clicked()
    await putItems(made.lake, { a: { genres: ['drama', 'war'], year: 1999 }, b: { year: 2001.5 } })
    await made.lake.put('users', [
      { at: day, user: 'ann', attributes: { country: 'fr' }, offset: 1 },
      { at: day, user: 'ann', attributes: { country: 'de' }, offset: 2 },
      { at: day, user: 'ann', merged_into: 'someone', offset: 3 },
    ])
    const clicks = { measures: ['clicks'] }
    assert.deepEqual(await made.ask({ ...clicks, by: ['item.genres', 'item.year'] }), [
      ['drama', '1999', 2],
      ['war', '1999', 2],
      ['', '2001.5', 1],
    ])
    assert.deepEqual(await made.ask({ ...clicks, by: ['user.country'] }), [
      ['', 2],
      ['de', 1],
    ])
    const where = [{ dimension: 'item.genres', in: ['war'] }]
    assert.deepEqual(await made.ask({ ...clicks, by: ['user.country'], where }), [
      ['', 1],
      ['de', 1],
    ])
  })

  it('says what a page says of its actions', async () => {
    using made = await clicked()
    await serve(made.lake, [80, 'r1', 'eve'], ['a'], { delivery: 'queued', recipe: 'quick' })
    await made.lake.put('actions', [action([81, 'click', 'eve', 'a'], { request: 'r1' })])
    assert.deepEqual(await made.ask({ measures: ['clicks'], by: ['delivery', 'recipe'] }), [
      ['', '', 3],
      ['queued', 'quick', 1],
    ])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { action, day, dayMs, offsetAt, putItems, serve, world } from './asked-world.suite.ts'

describe('metrics of pages', () => {
  it('tells coverage and novelty of what was shown', async () => {
    using made = await world()
    const drama = { genres: ['drama'] }
    await putItems(made.lake, { a: drama, b: drama, c: { genres: ['war'] }, d: {}, e: {} })
    await made.lake.put('items', [
      { at: day, item: 'e', withdrawn: true, offset: offsetAt(0) },
      {
        at: day,
        item: 'x',
        withdrawn: false,
        available_from: day + 2 * dayMs,
        offset: offsetAt(0),
      },
    ])
    // a is shown twice, b and c once: shares of 1/2, 1/4, 1/4.
    await serve(made.lake, [1, 'r1', 'ann'], ['a', 'b'])
    await serve(made.lake, [2, 'r2', 'bob'], ['a', 'c'], { scene: 'side' })
    const measures = ['coverage', 'items_shown', 'shown', 'servable', 'novelty']
    assert.deepEqual(await made.ask({ measures: measures.filter((name) => name !== 'servable') }), [
      [3 / 4, 3, 4, (1 + 1 + 2 + 2) / 4],
    ])
    assert.deepEqual(await made.ask({ measures: ['coverage', 'novelty'], by: ['scene'] }), [
      ['home', 2 / 4, (1 + 2) / 2],
      ['side', 2 / 4, (1 + 2) / 2],
    ])
    // Sliced by what items are, each slice is held against the items of its own.
    assert.deepEqual(
      await made.ask({ measures: ['coverage', 'servable', 'shown'], by: ['item.genres'] }),
      [
        ['drama', 2 / 2, 2, 3],
        ['war', 1 / 1, 1, 1],
      ],
    )
  })

  it('tells how unevenly items are shown', async () => {
    using made = await world()
    // Shown 1, 1 and 4 times: the mean difference of two of them is (3 + 3 + 0) * 2 / 9 = 4/3, and
    // half of it over the mean of 2 is 1/3.
    await serve(made.lake, [1, 'r1', 'ann'], ['a', 'b', 'c'])
    for (const request of ['r2', 'r3', 'r4']) await serve(made.lake, [2, request, 'u'], ['c'])
    const [[gini]] = (await made.ask({ measures: ['gini'] })) as [[number]]
    assert.ok(Math.abs(gini - 1 / 3) < 1e-12, `${gini}`)
  })

  it('tells how the items of a page differ, by their first tags', async () => {
    using made = await world()
    const [drama, war] = [{ genres: ['drama', 'war'] }, { genres: ['war', 'drama'] }]
    await putItems(made.lake, { a: drama, b: drama, c: war, d: {} })
    // Of the pairs ab, ac, bc two differ. d is of no kind. One item makes no pair.
    await serve(made.lake, [1, 'r1', 'ann'], ['a', 'b', 'c', 'd'])
    await serve(made.lake, [2, 'r2', 'ann'], ['a', 'c'], { scene: 'side' })
    await serve(made.lake, [3, 'r3', 'ann'], ['a', 'd'], { scene: 'side' })
    assert.deepEqual(await made.ask({ measures: ['diversity'] }), [[(1 - 1 / 3 + 1) / 2]])
    assert.deepEqual(await made.ask({ measures: ['diversity'], by: ['scene'] }), [
      ['side', 1],
      ['home', 1 - 1 / 3],
    ])
  })

  it('tells which pages had been waiting, and who was served', async () => {
    using made = await world()
    await serve(made.lake, [1, 'r1', 'ann'], ['a', 'b', 'c'])
    await serve(made.lake, [2, 'r2', 'ann'], ['a'], { delivery: 'queued' })
    await serve(made.lake, [3, 'r3', 'bob'], ['a', 'b'], { delivery: 'nearline' })
    const measures = ['pages', 'visitors', 'queue_share', 'page_size']
    assert.deepEqual(await made.ask({ measures }), [[3, 2, 2 / 3, 2]])
  })

  it('finds what was shown again where it must not be', async () => {
    using made = await world()
    await serve(made.lake, [-60, 'r0', 'ann'], ['a'])
    await serve(made.lake, [1, 'r1', 'ann'], ['a', 'b', 'c'])
    await serve(made.lake, [2, 'r2', 'bob'], ['a'])
    await serve(made.lake, [3, 'r3', 'ann'], ['b', 'c'], { repeatable: true })
    assert.deepEqual(await made.ask({ measures: ['repeat_share'], by: ['user'] }), [
      ['ann', 1 / 3],
      ['bob', 0],
    ])
  })

  it('counts what was acted on in favour where it stood, once', async () => {
    using made = await world()
    await serve(made.lake, [1, 'r1', 'ann'], ['a', 'b', 'c', 'd'])
    const on = { request: 'r1' }
    await made.lake.put('actions', [
      action([2, 'click', 'ann', 'a'], on),
      action([3, 'like', 'ann', 'a'], on),
      action([4, 'rate', 'ann', 'b'], { ...on, value: 1 }),
      action([4, 'read', 'ann', 'c'], { ...on, value: 60_000 }),
      action([5, 'click', 'ann', 'd'], { request: 'r0' }),
    ])
    const measures = ['successes', 'success_rate', 'shown']
    assert.deepEqual(await made.ask({ measures }), [[2, 1 / 2, 4]])
  })

  it('tells how long deeds wait, and which pages did not know them', async () => {
    using made = await world()
    const offer = (minute: number, user: string) => ({
      ...{ at: day + minute * 60_000, user, scene: 'home', channel: '', writer: 'mixed' },
      ...{ entries: 20, replace: true, offset: offsetAt(minute) },
    })
    await made.lake.put('offers', [offer(0, 'ann'), offer(14, 'ann'), offer(0, 'bob')])
    await made.lake.put('actions', [
      action([9, 'impression', 'ann', 'a']),
      action([10, 'click', 'ann', 'a']),
      action([12, 'like', 'ann', 'a']),
      action([10, 'click', 'bob', 'a']),
      action([10, 'click', 'eve', 'a']),
    ])
    // Ann's queue is filled anew at 14. Bob's is not: his page at 11 is what waited. Eve is met a
    // day later.
    await serve(made.lake, [15, 'r1', 'ann'], ['b'], { delivery: 'queued' })
    await serve(made.lake, [11, 'r2', 'bob'], ['b'], { delivery: 'queued' })
    await serve(made.lake, [16, 'r3', 'bob'], ['c'])
    await serve(made.lake, [1_439, 'r4', 'eve'], ['c'])
    // Ann's deeds wait for 4 and 2 minutes, Bob's for 6.
    const [waits] = await made.ask({ measures: ['freshness_p50', 'freshness_p95'] })
    assert.deepEqual(waits?.map(Number).map(Math.round), [240_000, 348_000])
    assert.deepEqual(await made.ask({ measures: ['stale_share'], by: ['user'] }), [
      ['bob', 1 / 2],
      ['ann', 0],
      ['eve', 0],
    ])
  })
})

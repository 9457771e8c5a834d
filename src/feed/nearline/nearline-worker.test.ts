import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { memoryLog } from '../../events/log/memory-log.ts'
import { nearlineHouse, shownIn, waitMs } from './nearline-house.suite.ts'

describe('the nearline worker', () => {
  it('answers five refreshes in a second by one run', async () => {
    const house = await nearlineHouse()
    await house.next()
    // Fifty wait: after two more pages it is fewer than thirty.
    for (let page = 0; page < 5; page++) await house.next()
    const before = house.runs.all
    await house.prepared()
    assert.equal(house.runs.all - before, 1)
    assert.equal(house.worker.status().runs, 1)
    assert.ok((await house.shelfOf())!.waiting.length >= 30)
    house.clock.advance(1_000)
    await house.prepared()
    assert.equal(house.worker.status().runs, 1, 'and nothing is left to be done')
    await house.close()
  })

  it('answers what comes during a run, or soon after, by exactly one more', async () => {
    const house = await nearlineHouse()
    await house.next()
    await house.act('u', 90)
    await house.prepared()
    assert.equal(house.worker.status().runs, 1)
    for (const item of [91, 92, 93]) await house.act('u', item)
    await house.prepared()
    assert.equal(house.worker.status().runs, 1, 'the interval is not over')
    assert.equal(house.worker.status().pending, 1)
    house.clock.advance(1_000)
    await house.prepared()
    assert.equal(house.worker.status().runs, 2)
    assert.equal((await house.shelfOf())!.pulse, 4)
    const { freshness } = house.worker.status()
    assert.deepEqual([freshness.count, freshness.p50, freshness.p95 > 990], [2, 0, true])
    await house.close()
  })

  it('puts what it chose behind what waits, and in its place once the user did something', async () => {
    const house = await nearlineHouse({ slateSize: 20 })
    await house.next()
    await house.prepared()
    const waiting = async () => (await house.shelfOf())!.waiting.items()
    const span = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n)
    assert.deepEqual(await waiting(), span(10, 40), 'nothing of it was proposed again')
    house.writers[0] = { name: 'after', recipe: house.walking('after', 20, 50), minIntervalMs: 0 }
    house.clock.advance(1_000)
    await house.act('u', 90)
    await house.prepared()
    assert.deepEqual(await waiting(), span(50, 70))
    assert.deepEqual(shownIn(await house.next()), span(50, 60))
    await house.close()
  })

  it('leaves alone who is gone, who did not come for long, and who has enough', async () => {
    const house = await nearlineHouse()
    const { clock, worker } = house
    await house.next('enough')
    await house.next('gone')
    await house.next('long ago')
    await house.prepared()
    clock.advance(house.hot.nearline.activeMs)
    await house.act('long ago', 90)
    await house.act('stranger', 90)
    await house.record([{ type: 'erase', id: house.newId(), at: clock.now(), user: 'gone' }])
    await house.act('gone', 91)
    await house.prepared()
    assert.equal(worker.status().runs, 0)
    await house.close()
  })

  it('changes its pace while it works, and rests where it is told', async () => {
    const house = await nearlineHouse()
    house.hot.nearline = { ...house.hot.nearline, concurrency: 0 }
    for (let user = 0; user < 20; user++) {
      await house.next(`u${user}`)
      await house.act(`u${user}`, 90)
    }
    await house.prepared()
    assert.deepEqual([house.worker.status().runs, house.worker.status().pending], [0, 20])
    house.runs.most = 0
    house.hot.nearline = { ...house.hot.nearline, concurrency: 3, runsPerSecond: 5 }
    house.clock.advance(1_000)
    await house.prepared()
    assert.deepEqual([house.worker.status().runs, house.runs.most], [5, 3])
    house.hot.nearline = { ...house.hot.nearline, runsPerSecond: 1_000 }
    house.clock.advance(1_000)
    await house.prepared()
    assert.equal(house.worker.status().runs, 20)
    await house.close()
  })

  it('turns away more users than it may hold, and the requests serve those', async () => {
    const house = await nearlineHouse()
    house.hot.nearline = { ...house.hot.nearline, concurrency: 0, pendingMax: 3 }
    for (let user = 0; user < 5; user++) {
      for (let page = 0; page < 5; page++) await house.next(`u${user}`)
    }
    await house.prepared()
    const { pending, dropped } = house.worker.status()
    assert.equal(pending, 3)
    assert.ok(dropped > 0)
    house.hot.nearline = { ...house.hot.nearline, concurrency: 2 }
    await house.prepared()
    for (let user = 0; user < 5; user++) {
      const pages = [await house.next(`u${user}`), await house.next(`u${user}`)]
      assert.deepEqual(
        pages.map((page) => shownIn(page).length),
        [10, 10],
      )
    }
    await house.close()
  })

  it('gets over a recipe that fails, and says so', async () => {
    const house = await nearlineHouse()
    await house.next()
    const broken = {
      ...house.walking('broken', 10),
      filter: [{ name: 'rules', keep: () => assert.fail('no rules') }],
    }
    house.writers[0] = { name: 'broken', recipe: broken, minIntervalMs: 0 }
    await house.act('u', 90)
    await house.prepared()
    assert.equal(house.worker.status().failures, 1)
    assert.match(String(house.troubles[0]), /no rules/)
    assert.equal((await house.next()).batch.delivery, 'nearline', 'what waited is there')
    await house.close()
  })

  it('after a crash answers what it has not answered, and nothing twice', async () => {
    const log = memoryLog()
    const before = await nearlineHouse({ log })
    for (const user of ['done', 'open']) await before.next(user)
    await before.act('done', 90)
    await before.prepared()
    before.hot.nearline = { ...before.hot.nearline, concurrency: 0 }
    await before.act('open', 91)
    await before.prepared()
    assert.equal(before.worker.status().pending, 1)
    await before.close()

    const after = await nearlineHouse({ log })
    await after.prepared()
    assert.equal(after.worker.status().runs, 1)
    assert.equal((await after.shelfOf('open'))!.pulse, 1)
    const { head } = log
    await after.close()
    const again = await nearlineHouse({ log })
    await again.prepared()
    assert.deepEqual([again.worker.status().runs, log.head], [0, head])
    await again.close()
  })

  it('after a crash comes back to who had to wait while others were answered', async () => {
    const log = memoryLog()
    const before = await nearlineHouse({ log })
    for (const user of ['waits', 'other']) await before.next(user)
    await before.act('waits', 90)
    await before.prepared()
    // Too soon after its last run; the other is answered meanwhile.
    await before.act('waits', 91)
    await before.prepared()
    await before.act('other', 92)
    await before.prepared()
    assert.deepEqual([before.worker.status().runs, before.worker.status().pending], [2, 1])
    await before.close()

    const after = await nearlineHouse({ log })
    await after.prepared()
    assert.equal((await after.shelfOf('waits'))!.pulse, 2)
    await after.close()
  })

  it('lets an algorithm with a period of its own run no more often, and then it comes', async () => {
    const house = await nearlineHouse({ slateSize: 5 })
    const slow = { name: 'slow', recipe: house.walking('slow', 40, 50), minIntervalMs: 60_000 }
    house.writers.push(slow)
    house.hot.nearline = { ...house.hot.nearline, lowWater: 60 }
    await house.next('u', 3)
    await house.prepared()
    const by = async (writer: string) =>
      [...(await house.shelfOf())!.waiting].filter((entry) => entry.writer === writer).length
    assert.deepEqual([await by('known'), await by('slow')], [7, 40])
    house.clock.advance(30_000)
    for (let page = 0; page < 3; page++) await house.next('u', 10)
    await house.prepared()
    const early = await by('slow')
    assert.ok(early < 40)
    house.clock.advance(30_000)
    await house.prepared()
    assert.ok((await by('slow')) > early, `${early} before`)
    await house.close()
  })
})

describe('a nearline scene', () => {
  it('makes a page in the request where nothing waits, or waited too long', async () => {
    const house = await nearlineHouse()
    const { clock } = house
    const deliveries: string[] = []
    const ask = async () => deliveries.push((await house.next()).batch.delivery)
    await ask()
    await ask()
    clock.advance(waitMs)
    await ask()
    assert.deepEqual(deliveries, ['now', 'nearline', 'now'])
    assert.deepEqual(house.counts(), { prepared: 1, made: 2, common: 0, dryRuns: 0 })
    await house.close()
  })
})

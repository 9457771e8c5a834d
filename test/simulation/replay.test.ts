import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from '../../src/engine/engine.ts'
import type { OpenEngine } from '../../src/engine/engine-of.ts'
import { defaultAttributes } from '../../src/engine/recipes/residents.ts'
import { sampleGroups } from '../../src/engine/training/samples.ts'
import { openSegmentLog } from '../../src/events/log/segment-log.ts'
import { type Random, seededRandom } from '../../src/kernel/random.ts'
import { memoryStore } from '../../src/state/store/memory-store.ts'
import { compareWithLog } from '../crash/engine-kill-rows.ts'
import { openHouse } from './crashing-house.ts'
import { feedOracle } from './feed-oracle.ts'
import { feedSchedule } from './feed-schedule.ts'

const runCount = Number(process.env['STARLING_RUNS'] ?? 3)
const firstSeed = process.env['STARLING_SEED'] ?? 'replay'
const seeds = Array.from({ length: runCount }, (_, run) => `${firstSeed}/${run}`)

/** Nobody whom the feed schedule knows: what they do changes no feed of its people. */
const users = ['dee', 'eve', 'fay', 'gil']

/** What the feed schedule does not do: ratings, words, profiles, signals worth something else. */
function otherDeeds(engine: OpenEngine, random: Random) {
  const user = (): string => users[random.below(users.length)]!
  const item = (): string => `item${random.below(40)}`
  const signals = () => ({
    click: { weight: random.below(4) - 1 },
    rate: { weight: 2, neutral: 2.5, scale: 2.5 },
  })
  const deeds = [
    // Minus zero is a number that JSON knows, and that a log of JSON does not give back.
    () => engine.track([{ type: 'rate', user: user(), item: item(), value: -0 }]),
    () => engine.track([{ type: 'rate', user: user(), item: item(), value: random.below(11) / 2 }]),
    () => engine.track([{ type: 'play', user: user(), item: item(), value: random.next() }]),
    () =>
      engine.track([{ type: 'comment', user: user(), item: item(), text: 'täglich 😀 \u2028' }]),
    () => engine.track([{ type: 'follow', user: user(), text: 'director:Agnès Varda' }]),
    () => engine.track([{ type: 'unlike', user: user(), item: item() }]),
    () => engine.putUsers([{ id: user(), attributes: { age: random.below(90), '7': ['b', 'a'] } }]),
    () => engine.setParameter('signals', signals(), 'operator'),
    () => engine.withdrawItem('item nobody knows'),
  ]
  return () => deeds[random.below(deeds.length)]!()
}

// Erasures are left out: they take events from the log itself, so that sums over many users, which
// keep the erased one's share, are more than the log can tell (see the story "forgotten").
test('the log alone rebuilds the state, byte by byte', async () => {
  for (const seed of seeds) {
    await using house = await openHouse(seed)
    const schedule = feedSchedule(house, feedOracle(), seed)
    const random = seededRandom(`${seed}/others`)
    await schedule.begin()
    for (let step = 0; step < 60; step++) {
      await schedule.next()
      await otherDeeds(house.engine, random)()
    }
    const { log, state } = house.engine.home
    await house.engine[Symbol.asyncDispose]()
    await compareWithLog(log, state).catch((error: unknown) => {
      throw new Error(`seed ${seed}: ${String(error)}`, { cause: error })
    })
  }
})

/** The features that serving filled for the items of a page, as its explanation tells them. */
async function servedFeatures(engine: OpenEngine, page: Page): Promise<readonly number[][]> {
  const told = await engine.explain(page.requestId)
  assert.ok(told !== undefined)
  return told.items.map(({ id, features }) => {
    assert.ok(features.length > 0, `${id} has no features`)
    return features.map(({ value }) => value)
  })
}

test('training sees bit by bit the features that serving saw', async () => {
  for (const seed of seeds) {
    await using house = await openHouse(seed)
    const random = seededRandom(seed)
    const itemCount = 350
    const genres = ['drama', 'comedy', 'crime', 'noir']
    const items = Array.from({ length: itemCount }, (_, index) => ({
      id: `item${index}`,
      channels: ['a', 'b'].filter(() => random.below(2) === 0),
      attributes: {
        genres: genres.filter(() => random.below(3) === 0),
        year: 1950 + random.below(70),
      },
    }))
    await house.engine.putItems(items)
    const served: { readonly at: number; readonly rows: readonly number[][] }[] = []
    for (let round = 0; round < 40; round++) {
      house.clock.advance(1 + random.below(20_000_000))
      const [user, scene] = [users[random.below(3)]!, random.below(3) === 0 ? 'channel' : 'for-you']
      const channel = scene === 'channel' ? ['a', 'b'][random.below(2)]! : ''
      const item = `item${random.below(itemCount)}`
      await house.engine.track([{ type: 'rate', user, item, value: random.below(11) / 2 }])
      house.clock.advance(1)
      if (round % 13 === 12) await house.reopen()
      // The deed before made what waited out of date: the page shows what was ranked for it.
      const page = await house.engine.recommend({ user, scene, channel, size: 8 })
      assert.equal(page.delivery, 'now')
      served.push({ at: page.servedAt, rows: await servedFeatures(house.engine, page) })
      house.clock.advance(1_000)
      // A page is learned from where its last item was liked.
      const { id, token } = page.items.at(-1)!
      await house.engine.track([{ type: 'like', user, item: id, token }])
    }
    const { log: folder } = house.engine.home
    await house.engine[Symbol.asyncDispose]()

    await using log = await openSegmentLog({ folder, readOnly: true })
    const groups = await sampleGroups({
      log,
      base: async () => memoryStore(),
      attributes: defaultAttributes,
      from: 0,
      factorsAt: () => undefined,
      groupCount: 1_000_000,
      likeCount: 1,
      pageCount: 1,
      seed,
    })
    for (const { at, rows } of served) {
      const group = groups.find((each) => each.at === at)
      assert.ok(group !== undefined, `seed ${seed}: the page of ${at} was not learned from`)
      const width = rows[0]!.length
      for (const [place, values] of rows.entries()) {
        const seen: number[] = [...group.rows.subarray(place * width, (place + 1) * width)]
        assert.deepEqual(seen, values, `seed ${seed}: item ${place} of the page of ${at}`)
      }
    }
  }
})

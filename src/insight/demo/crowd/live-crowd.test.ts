import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import { manualTicker } from '../../load/pace/manual-ticker.suite.ts'
import type { Deed, Feed, FeedPage } from '../../simulate/feed.ts'
import { demoKinds } from '../demo-kind.ts'
import { regulars } from '../past.ts'
import { seasonAt } from '../season.ts'
import { type LiveCrowd, liveCrowd } from './live-crowd.ts'
import { worldGuests } from './world-guests.ts'

const kind = demoKinds.get('video')!
const startsAt = Date.UTC(2026, 10, 20)
const minuteMs = 60_000

interface Asked {
  readonly user: string
  readonly atMs: number
}

interface Run {
  readonly crowd: LiveCrowd
  readonly asked: readonly Asked[]
  readonly deeds: readonly (Deed & { readonly toldAt: number })[]
  readonly underWayMost: number
  goTo(ms: number): Promise<void>
}

/** A crowd before a feed that takes so long to answer, on a clock that stands still until told. */
function run({ seats = 12, takesMs = 0, seed = 'crowd' } = {}): Run {
  const { world } = seasonAt(kind, startsAt, startsAt)
  const ticker = manualTicker()
  const clock = { now: () => startsAt + ticker.now() }
  const random = seededRandom(seed)
  const asked: Asked[] = []
  const deeds: (Deed & { toldAt: number })[] = []
  let [underWay, underWayMost, next] = [0, 0, 0]
  const feed: Pick<Feed, 'page' | 'track'> = {
    async page(user): Promise<FeedPage> {
      asked.push({ user, atMs: ticker.now() })
      underWayMost = Math.max(underWayMost, ++underWay)
      if (takesMs > 0) await new Promise<void>((go) => ticker.at(ticker.now() + takesMs, go))
      underWay--
      return { items: Array.from({ length: 8 }, () => ({ id: `video-${next++ % 900}` })) }
    },
    async track(events) {
      deeds.push(...events.map((event) => ({ ...event, toldAt: clock.now() })))
    },
  }
  const guests = worldGuests(world, 'home', random.fork('guests'))
  const crowd = liveCrowd({
    ...{ guests, feed, seats, clock, ticker, random: random.fork('pace'), name: 'test' },
    onTrouble: (error) => assert.fail(String(error)),
  })
  return {
    ...{ crowd, asked, deeds },
    get underWayMost() {
      return underWayMost
    },
    goTo: ticker.goTo,
  }
}

describe('a crowd that lives on a server', () => {
  it('does the same under the same seed, and something else under another', async () => {
    const [one, two, other] = [run(), run(), run({ seed: 'other' })]
    for (const each of [one, two, other]) await each.goTo(5 * minuteMs)
    assert.ok(one.deeds.length > 100)
    assert.deepEqual(one.deeds, two.deeds)
    assert.notDeepEqual(one.deeds, other.deeds)
  })

  it('keeps its pace, tells each deed when it is done, and never takes who tries the site out', async () => {
    const { crowd, asked, deeds, goTo } = run({ seats: 12 })
    for (let minute = 1; minute <= 20; minute++) {
      await goTo(minute * minuteMs)
      assert.ok(crowd.there <= 12, `${crowd.there} are there`)
    }
    // Somebody is with a page for half a minute to two minutes.
    const perMinute = asked.length / 20
    assert.ok(perMinute > 5 && perMinute < 30, `${perMinute} pages a minute`)
    const halves = [0, 10].map(
      (from) => asked.filter(({ atMs }) => Math.floor(atMs / (10 * minuteMs)) === from / 10).length,
    )
    assert.ok(halves[1]! > halves[0]! * 0.6 && halves[1]! < halves[0]! * 1.7, `${halves}`)
    assert.equal(crowd.pages, asked.length)
    assert.equal(new Set(deeds.map(({ id }) => id)).size, deeds.length)
    for (const { type, at, toldAt } of deeds) {
      assert.ok(at <= toldAt, 'told before it was done')
      if (type !== 'impression') assert.ok(toldAt - at <= 5, `${type} told ${toldAt - at} ms later`)
    }
    const known = new Set(regulars.map(String))
    assert.deepEqual(
      asked.filter(({ user }) => known.has(user)),
      [],
    )
    assert.ok(new Set(asked.map(({ user }) => user)).size > 12)
  })

  it('asks two things at a time at most, however slow the server', async () => {
    const slow = run({ seats: 12, takesMs: 20_000 })
    await slow.goTo(10 * minuteMs)
    assert.equal(slow.underWayMost, 2)
    assert.ok(slow.asked.length > 40)
    assert.ok(slow.crowd.there <= 12)
  })

  it('stops when it is told to', async () => {
    const { crowd, asked, deeds, goTo } = run()
    await goTo(2 * minuteMs)
    await crowd.stop()
    const before = [asked.length, deeds.length]
    await goTo(10 * minuteMs)
    assert.deepEqual([asked.length, deeds.length], before)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Feed } from './feed.ts'
import { ruleFeeds } from './feeds/rules.ts'
import { plans } from './plans/plans.ts'
import { htmlOf } from './report/html.ts'
import { breachLines, tableOf } from './report/table.ts'
import { textPlot } from './report/text-plot.ts'
import { type FeedMaker, simulate } from './simulate.ts'

const small = { users: 80, items: 300, days: 4, seed: 'small' }
const { random, popularity, oracle } = ruleFeeds

/** A feed of popularity that is made worse. */
const spoiled =
  (spoil: (feed: Feed, stage: Parameters<FeedMaker>[0]) => Partial<Feed>): FeedMaker =>
  async (stage) => {
    const feed = await popularity(stage)
    return { ...feed, ...spoil(feed, stage), name: 'spoiled' }
  }

const spoiledRun = async (maker: FeedMaker, plan = plans.get('news')!) => {
  const report = await simulate({ ...small, plan, feeds: [maker] })
  return report.feeds[0]!.breaches
}

describe('a simulated world', () => {
  for (const plan of plans.values()) {
    it(`of ${plan.name} tells the oracle from popularity, and popularity from chance`, async () => {
      const feeds = [oracle, popularity, random]
      const report = await simulate({ ...small, plan, feeds, days: 6 })
      const [best, popular, any] = report.feeds.map(({ overall }) => overall.worth)
      assert.ok(best! > 1.2 * popular!, `${best} beside ${popular}`)
      assert.ok(popular! > 1.03 * any!, `${popular} beside ${any}`)
      assert.deepEqual(breachLines(report), [])
    })
  }

  it('is the same for the same seed, and another for another', async () => {
    const run = (seed: string) =>
      simulate({ ...small, plan: plans.get('movies')!, feeds: [popularity, random], seed })
    const [one, same, other] = [await run('a'), await run('a'), await run('b')]
    assert.deepEqual(one, same)
    assert.notEqual(one.feeds[0]!.overall.worth, other.feeds[0]!.overall.worth)
  })

  it('sends the same people at the same times, whatever is shown', async () => {
    const visitors: string[][] = []
    const noted =
      (maker: FeedMaker): FeedMaker =>
      async (stage) => {
        const feed = await maker(stage)
        const seen: string[] = []
        visitors.push(seen)
        const page: Feed['page'] = (user, scene, channel, size) => {
          const stay = stage.world.staying(user)!
          const name = `${user} ${stay.at} ${channel} ${stay.mood}`
          if (seen.at(-1) !== name && !seen.includes(name)) seen.push(name)
          return feed.page(user, scene, channel, size)
        }
        return { ...feed, page }
      }
    const feeds = [noted(oracle), noted(random)]
    await simulate({ ...small, plan: plans.get('news')!, feeds })
    assert.ok(visitors[0]!.length > 100)
    assert.deepEqual(visitors[0]!.toSorted(), visitors[1]!.toSorted())
  })
})

describe('the referee', () => {
  it('sees what is shown twice', async () => {
    const breaches = await spoiledRun(
      spoiled((feed) => {
        let last: Awaited<ReturnType<Feed['page']>> | undefined
        let turn = 0
        const page: Feed['page'] = async (...ask) =>
          ++turn % 7 === 0 && last ? last : (last = await feed.page(...ask))
        return { page }
      }),
    )
    assert.ok(breaches.byKind.repeat > 0)
    assert.match(breaches.first.join('\n'), /user-\d+: repeat: news-\d+/)
  })

  it('sees what was withdrawn, or had its time', async () => {
    const breaches = await spoiledRun(
      spoiled((feed) => ({
        withdraw: async () => undefined,
        putItems: (rows) => feed.putItems(rows.map(({ availableUntil: _, ...lasting }) => lasting)),
      })),
    )
    assert.ok(breaches.byKind['not available'] > 0)
    assert.equal(breaches.byKind.repeat, 0)
  })

  it('sees what stands in the wrong channel', async () => {
    const page =
      (feed: Feed): Feed['page'] =>
      (user, scene, _channel, size) =>
        feed.page(user, scene, '', size)
    const breaches = await spoiledRun(spoiled((feed) => ({ page: page(feed) })))
    assert.ok(breaches.byKind['off channel'] > 0)
    assert.equal(breaches.count, breaches.byKind['off channel'])
  })

  it('sees pages that are empty or short while there is more', async () => {
    const page =
      (feed: Feed): Feed['page'] =>
      async (user, scene, channel, size) =>
        feed.page(user, scene, channel, user.endsWith('1') ? 0 : size - 1)
    const breaches = await spoiledRun(spoiled((feed) => ({ page: page(feed) })))
    assert.ok(breaches.byKind.empty > 0)
    assert.ok(breaches.byKind.short > 0)
  })

  it('sees a past that is not what was shown', async () => {
    const makeFeed = spoiled((feed, { world }) => ({
      page: async (...ask) => ({ ...(await feed.page(...ask)), older: 'b1' }),
      older: async () => ({ items: [{ id: world.rows.itemId(0) }], older: 'b1' }),
    }))
    const breaches = await spoiledRun(makeFeed, plans.get('movies')!)
    assert.ok(breaches.byKind['other history'] > 0)
  })
})

describe('a report', () => {
  it('is a table, a plot and a page', async () => {
    const plan = plans.get('movies')!
    const renamed: FeedMaker = async (stage) => ({ ...(await popularity(stage)), name: 'a<b' })
    const report = await simulate({ ...small, plan, feeds: [oracle, popularity, renamed] })
    assert.equal(report.gaps.length, 1)
    const [gap] = report.gaps
    assert.deepEqual([gap!.feed, gap!.closed, gap!.low, gap!.high], ['a<b', 0, 0, 0])
    assert.match(tableOf(report), /^oracle +100\.0 %/m)
    assert.match(textPlot(report), /day 1 to 4, share of the oracle/)
    const html = htmlOf(report)
    assert.ok(html.includes('a&lt;b') && !html.includes('a<b'))
    assert.ok(!/https?:\/\/(?!www\.w3\.org)/.test(html), 'it must need nothing from elsewhere')
  })
})

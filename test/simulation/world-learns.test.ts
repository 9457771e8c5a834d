import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { freshEngineFeed } from '../../src/engine/engine-feed.ts'
import { ruleFeeds } from '../../src/insight/simulate/feeds/rules.ts'
import { plans } from '../../src/insight/simulate/plans/plans.ts'
import { breachLines, tableOf } from '../../src/insight/simulate/report/table.ts'
import { type FeedMaker, simulate } from '../../src/insight/simulate/simulate.ts'

/** Learns in those nights only: every training starts a thread, which is most of the time here. */
const starling =
  (...nights: readonly number[]): FeedMaker =>
  async ({ clock }) => {
    const feed = await freshEngineFeed({ clock, seed: 'rehearsal' })
    let night = 0
    return { ...feed, rest: async () => (nights.includes(++night) ? feed.rest?.() : undefined) }
  }

const movies = plans.get('movies')!

/** People who click often and look at all: what takes others weeks to tell, they do in days. */
const eager = { ...movies, response: { ...movies.response, clickRate: 0.25, positionPower: 0 } }

describe('the engine in a world of known tastes', () => {
  it('learns more than popularity does within days, and keeps its promises', async () => {
    const report = await simulate({
      ...{ plan: eager, users: 60, items: 500, days: 5, seed: 'rehearsal' },
      feeds: [ruleFeeds.oracle, ruleFeeds.popularity, starling(3, 4)],
    })
    assert.deepEqual(breachLines(report), [])
    // Beside the best of the same moment: who shows the good first has less of it left.
    const [, popular, learned] = report.feeds.map(({ last }) => last.possibleShare)
    assert.ok(learned! > popular!, tableOf(report))
  })

  it('keeps its promises where items live for hours and stand in channels', async () => {
    const plan = plans.get('news')!
    const report = await simulate({
      plan,
      users: 25,
      items: 150,
      days: 2,
      seed: 1,
      feeds: [starling(2)],
    })
    assert.deepEqual(breachLines(report), [])
    assert.ok(report.feeds[0]!.overall.pages > 50)
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { freshEngineFeed } from '../../src/engine/engine-feed.ts'
import { ruleFeeds } from '../../src/insight/simulate/feeds/rules.ts'
import { plans } from '../../src/insight/simulate/plans/plans.ts'
import { breachLines, tableOf } from '../../src/insight/simulate/report/table.ts'
import { type FeedMaker, simulate } from '../../src/insight/simulate/simulate.ts'

const starling: FeedMaker = ({ clock }) => freshEngineFeed({ clock, seed: 'rehearsal' })

describe('the engine in a world of known tastes', () => {
  it('learns more than popularity does within days, and keeps its promises', async () => {
    const report = await simulate({
      ...{ plan: plans.get('movies')!, users: 120, items: 400, days: 8, seed: 'rehearsal' },
      feeds: [ruleFeeds.oracle, ruleFeeds.popularity, starling],
    })
    assert.deepEqual(breachLines(report), [])
    assert.ok(report.gaps[0]!.closed > 0, tableOf(report))
  })

  it('keeps its promises where items live for hours and stand in channels', async () => {
    const plan = plans.get('news')!
    const report = await simulate({
      plan,
      users: 25,
      items: 150,
      days: 2,
      seed: 1,
      feeds: [starling],
    })
    assert.deepEqual(breachLines(report), [])
    assert.ok(report.feeds[0]!.overall.pages > 50)
  })
})

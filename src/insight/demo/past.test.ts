import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { manualClock } from '../../events/clock.ts'
import { seededRandom } from '../../kernel/random.ts'
import type { Deed, Feed } from '../simulate/feed.ts'
import { randomFeed } from '../simulate/feeds/random.ts'
import { dayMs, hourMs } from '../simulate/world/stock.ts'
import { demoKinds } from './demo-kind.ts'
import { newsroomOf } from './newsroom.ts'
import { livePast, regulars } from './past.ts'
import { seasonAt } from './season.ts'

const firstDay = Date.UTC(2026, 10, 20)
const kind = demoKinds.get('news')!

/** Lives from one time to another, and tells what was done. */
async function liveThrough(from: number, until: number) {
  const { world } = seasonAt(kind, firstDay, firstDay)
  const clock = manualClock(from)
  const deeds: Deed[] = []
  const hours: number[] = []
  const plain = randomFeed({ clock, random: seededRandom('past') })
  const feed: Feed = {
    ...plain,
    async track(events) {
      for (const { at } of events) assert.ok(at <= clock.now(), 'nobody tells what is to come')
      deeds.push(...events)
    },
  }
  const { signal } = new AbortController()
  await livePast({
    ...{ newsroom: newsroomOf(kind, world), feed, clock, from, until, signal },
    lived: async (hour) => void hours.push(hour),
  })
  return { deeds, hours }
}

describe('a past', () => {
  it('is lived hour by hour, and people come whom a first look knows', async () => {
    const until = firstDay + dayMs + 5.5 * hourMs
    const { deeds, hours } = await liveThrough(firstDay, until)
    assert.equal(hours.length, 30)
    assert.equal(hours.at(-1), until)
    assert.ok(deeds.every(({ at }) => at >= firstDay && at < until + hourMs))
    assert.equal(new Set(deeds.map(({ id }) => id)).size, deeds.length)
    for (const regular of regulars) {
      assert.ok(
        deeds.some(({ user }) => user === String(regular)),
        `${regular} did nothing`,
      )
    }
    for (const type of ['impression', 'click', 'read', 'follow']) {
      assert.ok(
        deeds.some((deed) => deed.type === type),
        `nobody did ${type}`,
      )
    }
  })

  it('is lived on from where it was left', async () => {
    const from = firstDay + 20 * hourMs
    const { deeds } = await liveThrough(from, firstDay + dayMs)
    assert.ok(deeds.length > 50)
    assert.ok(deeds.every(({ at }) => at >= from))
  })
})

import assert from 'node:assert/strict'
import type { Event, QueueEntry } from '../../events/event.ts'
import { nearlineHouse, shownIn, waitMs } from './nearline-house.suite.ts'

/**
 * So many users whose queues expired ask at once: all get a page, few recipes run, little waits,
 * and the queues fill again.
 */
export async function stampede(userCount: number): Promise<void> {
  const house = await nearlineHouse({ itemCount: 60, slateSize: 20 })
  const { clock, runs } = house
  house.hot.nearline = { ...house.hot.nearline, ...{ lowWater: 5, pendingMax: userCount * 0.03 } }
  const users = Array.from({ length: userCount }, (_, index) => `u${index}`)
  await house.record(users.flatMap((user) => visited(user, clock.now(), house.newId)))
  await house.prepared()
  clock.advance(waitMs)
  Object.assign(runs, { all: 0, now: 0, most: 0, last: 0 })

  let pendingMost = 0
  const watch = setInterval(() => {
    pendingMost = Math.max(pendingMost, house.worker.status().pending)
  }, 1)
  const pages = await Promise.all(users.map((user) => house.next(user)))
  await house.prepared()
  clearInterval(watch)
  for (const page of pages) {
    assert.deepEqual([shownIn(page).length, new Set(shownIn(page)).size], [10, 10])
    assert.ok(!shownIn(page).some((item) => item < 5), 'and nothing that was seen')
  }
  const { dryRuns, concurrency, pendingMax } = house.hot.nearline
  assert.ok(runs.most <= dryRuns + concurrency, `${runs.most} recipes ran at once`)
  assert.ok(runs.last <= 2, `the common page was made ${runs.last} times`)
  const { common, made } = house.counts()
  assert.equal(common + made, userCount)
  assert.ok(made <= dryRuns + userCount / 100, `${made} users had a recipe run for them`)
  const isTold = pages.filter(({ degraded }) => degraded !== undefined)
  assert.equal(isTold.length, common, 'whoever got the common page is told')
  assert.ok(pendingMost <= pendingMax, `${pendingMost} feeds waited at once`)
  assert.ok(house.worker.status().dropped > 0)

  // Those who found a place in the line are filled as fast as the pace allows; nobody else is.
  const { dropped } = house.worker.status()
  for (let second = 0; second < 4; second++) {
    clock.advance(1_000)
    await house.prepared()
  }
  const { runs: healed, pending } = house.worker.status()
  assert.equal(pending, 0)
  assert.ok(healed >= pendingMax && healed + dropped <= userCount, `${healed} queues healed`)
  assert.equal((await house.next(users[0])).batch.delivery, 'nearline')
  assert.deepEqual(house.troubles, [])
  await house.close()
}

/** Somebody saw five items and left five waiting. */
function visited(user: string, at: number, newId: () => string): readonly Event[] {
  const place = { user, scene: 'home', channel: '' }
  const entries = Array.from({ length: 10 }, (_, item): QueueEntry => {
    return { ...entry, item: `item${item}`, expiresAt: at + waitMs }
  })
  return [
    {
      ...{ type: 'offered', id: newId(), at, ...place, writer: 'known', entries },
      ...{ replace: true, pulse: 0 },
    },
    {
      ...{ type: 'served', id: newId(), at, ...place, request: newId(), batch: 1 },
      ...{ delivery: 'now', recipe: 'known', arms: [], items: entries.slice(0, 5), dropped: [] },
      ...{ repeatable: false, refresh: true },
    },
  ]
}

const entry = { score: 1, sources: ['known'], run: 'run', model: '' }

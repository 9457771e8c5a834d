import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Feed, ItemRow } from '../simulate/feed.ts'
import { dayMs, hourMs } from '../simulate/world/stock.ts'
import { demoKinds } from './demo-kind.ts'
import { newsroomOf } from './newsroom.ts'
import { seasonAt, seasonDays } from './season.ts'

const kind = demoKinds.get('news')!
const firstDay = Date.UTC(2026, 10, 20)
const newsroom = newsroomOf(kind, seasonAt(kind, firstDay, firstDay).world)
const minuteMs = 60_000

describe('a newsroom', () => {
  it('brings out each item once, over the minutes of its hour, and takes away what was there', async () => {
    const there = new Map<string, ItemRow>()
    let counted = 0
    const feed = {
      putItems: async (rows: readonly ItemRow[]) => {
        for (const row of rows) {
          assert.ok(!there.has(row.id), `${row.id} came twice`)
          there.set(row.id, row)
        }
      },
      withdraw: async (items: readonly string[]) => {
        for (const item of items) assert.ok(there.has(item), `${item} was never there`)
      },
    } as Feed // It is asked for nothing else.
    counted += await newsroom.bringOut(feed, Number.NEGATIVE_INFINITY, firstDay)
    const before = there.size
    assert.ok(before > 700, `${before} items at the start`)
    let [busyMinutes, from] = [0, firstDay]
    for (let at = firstDay + minuteMs; at <= firstDay + 6 * hourMs; at += minuteMs) {
      const count = await newsroom.bringOut(feed, from, at)
      if (count > 0) busyMinutes++
      counted += count
      from = at
    }
    assert.equal(counted, there.size)
    assert.ok(there.size - before > 120, `${there.size - before} items in six hours`)
    assert.ok(busyMinutes > 90, `something came in ${busyMinutes} of 360 minutes`)
    for (const { availableFrom, attributes, channels } of there.values()) {
      assert.ok(availableFrom <= firstDay + 6 * hourMs)
      assert.deepEqual(attributes['genres'], channels)
    }
  })

  it('goes on with another season where one ends: new ids, the same people', () => {
    const later = seasonAt(kind, firstDay, firstDay + seasonDays * dayMs)
    assert.equal(later.number, 1)
    assert.equal(later.world.startsAt, firstDay + seasonDays * dayMs)
    const [first, second] = [newsroom.world, later.world]
    assert.notEqual(first.rows.itemId(7), second.rows.itemId(7))
    assert.equal(second.rows.itemOf(first.rows.itemId(7)), undefined)
    assert.deepEqual(first.people.tastes.slice(0, 90), second.people.tastes.slice(0, 90))
  })
})

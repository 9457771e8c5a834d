import assert from 'node:assert/strict'
import { test } from 'node:test'
import { manualClock } from '../../../events/clock.ts'
import { movies } from '../../simulate/plans/movies.ts'
import type { AskedPage } from '../transport.ts'
import { reportsOf } from './reports.ts'
import { openSite } from './site.ts'

/** What is reported of 200 pages of ten films, each read by whoever comes. */
function reported(eventsPerPage: number) {
  const clock = manualClock(Date.UTC(2026, 2, 2, 12))
  const mix = { home: 1 }
  const site = openSite({
    plan: movies,
    users: 300,
    items: 3_000,
    seed: 5,
    mix,
    pageSize: 10,
    clock,
  })
  const reports = reportsOf(eventsPerPage, 'test')
  return Array.from({ length: 200 }, (_, number) => {
    const { stay } = site.crowd.next()
    const page: AskedPage = {
      ...{ batchId: 1, delivery: 'now', older: null },
      items: Array.from({ length: 10 }, (_, place) => ({
        id: `film-${(number * 10 + place) % 3_000}`,
        token: `${number}.${place}`,
      })),
    }
    const { events } = reports.of(stay!, page, clock.now())
    site.crowd.leave(stay!)
    return { page, events }
  })
}

test('pages are reported with as many events as stated, and the fraction is made up for', () => {
  for (const eventsPerPage of [4.5, 13.3]) {
    const count = reported(eventsPerPage).reduce((sum, { events }) => sum + events.length, 0)
    assert.ok(Math.abs(count / 200 - eventsPerPage) < 0.1, `${count / 200} of ${eventsPerPage}`)
  }
})

test('where few are told, it is impressions that go untold, never what was done', () => {
  const done = (pages: ReturnType<typeof reported>): number =>
    pages.flatMap(({ events }) => events).filter(({ type }) => type === 'click').length
  const [few, all] = [reported(2), reported(20)]
  assert.ok(done(all) > 20)
  assert.equal(done(few), done(all))
})

test('each event names an item of its page and carries the token of its place', () => {
  for (const { page, events } of reported(15)) {
    for (const { item, token } of events) {
      assert.equal(page.items.find(({ id }) => id === item)?.token, token)
    }
  }
})

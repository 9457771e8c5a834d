import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Event } from '../../../events/event.ts'
import { defaultSignals } from '../../../events/signals.ts'
import { bySignals } from './outcomes.ts'
import { type PageOutcomes, pageOutcomes, type RipeRow } from './page-outcomes.ts'

const delayMs = 60_000
const placeCount = 4

/** Pages and deeds on them, with gaps of any length between; an event may be late by a minute. */
const logs = fc
  .array(
    fc.record({
      gapMs: fc.integer({ min: -60_000, max: 90_000 }),
      page: fc.integer({ min: 0, max: 12 }),
      place: fc.integer({ min: 0, max: placeCount - 1 }),
      kind: fc.constantFrom('page', 'impression', 'like', 'dislike', 'click'),
    }),
    { maxLength: 120 },
  )
  .map((steps) => {
    let at = 1_000_000_000
    let served = 0
    return steps.map(({ gapMs, page, place, kind }, index): Event => {
      at = Math.max(0, at + gapMs)
      const base = { id: `e${index}`, at, user: 'u' }
      if (kind !== 'page') {
        const shown = { request: `r${page % Math.max(1, served)}`, position: place }
        return { ...base, type: 'action', action: kind, item: `i${place}`, shown } as Event
      }
      const request = `r${served++}`
      const items = Array.from({ length: placeCount }, (_, item) => ({
        ...{ item: `i${item}`, run: `run ${request}` },
      }))
      return { ...base, type: 'served', request, items, repeatable: false } as unknown as Event
    })
  })

const open = (more: object = {}) => pageOutcomes({ outcome: bySignals, delayMs, ...more })
const feed = (outcomes: PageOutcomes, events: readonly Event[], from = 0): readonly RipeRow[] => {
  for (const [index, event] of events.entries()) outcomes.see(from + index, event, defaultSignals)
  return outcomes.take()
}
const keyOf = ({ run, item }: RipeRow): string => `${run} ${item}`

test('rows and their order do not depend on when they are asked for, nor on a restart', () => {
  const pagesMax = fc.integer({ min: 1, max: 6 })
  fc.assert(
    fc.property(logs, fc.nat({ max: 120 }), pagesMax, (events, at, pagesMax) => {
      const whole = feed(open({ pagesMax }), events)
      const cut = Math.min(at, events.length)
      const first = open({ pagesMax })
      const before = feed(first, events.slice(0, cut))
      const since = first.since(cut, defaultSignals)
      const after = feed(first, events.slice(cut), cut)
      assert.deepEqual([...before, ...after], whole)
      // Another one that reads again from where it must, and is told nothing of what was learned.
      const { offset, clock } = since
      const second = open({ pagesMax, clock })
      feed(second, events.slice(offset, cut), offset)
      assert.deepEqual(feed(second, events.slice(cut), cut), after)
    }),
  )
})

test('a place is told once, and again only where its label turned', () => {
  fc.assert(
    fc.property(logs, (events) => {
      const told = new Map<string, number>()
      for (const row of feed(open(), events)) {
        const before = told.get(keyOf(row))
        assert.equal(row.isCorrection, before !== undefined)
        assert.notEqual(row.label, before)
        told.set(keyOf(row), row.label)
      }
    }),
  )
})

test('in the end each place that was met is told with the label that all deeds on it give', () => {
  fc.assert(
    fc.property(logs, (events) => {
      const last = Math.max(0, ...events.map(({ at }) => at)) + 2 * delayMs
      const end = { type: 'action', action: 'follow', id: 'end', at: last, user: 'u' }
      const told = new Map<string, number>()
      for (const row of feed(open(), [...events, end as unknown as Event]))
        told.set(keyOf(row), row.label)
      const sums = new Map<string, number>()
      const served = new Set<string>()
      for (const event of events) {
        if (event.type === 'served') served.add(event.request)
        if (event.type !== 'action' || !served.has(event.shown!.request)) continue
        const key = `run ${event.shown!.request} i${event.shown!.position}`
        const signal = bySignals.next(sums.get(key) ?? 0, event, defaultSignals)
        sums.set(key, signal)
      }
      for (const [key, sum] of sums) {
        assert.equal(told.get(key), bySignals.isPositive(sum) ? 1 : 0, key)
      }
    }),
  )
})

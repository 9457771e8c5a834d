import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Action, ActionEvent } from '../../events/event.ts'
import { defaultSignals, positiveSignal, signalOf } from '../../events/signals.ts'
import { openState } from '../folded-state.ts'
import { parameters } from '../projections/parameters.ts'
import { memoryStore } from '../store/memory-store.ts'
import { activity } from './activity.ts'
import { activityView } from './activity-view.ts'
import { type DeedKind, type Formula, weightsOf } from './deed-kinds.ts'
import { windowOf } from './resolutions.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const start = 400_000 * hourMs

const deed = fc.record({
  // Bunched towards the end, so that every resolution is tried.
  minutes: fc.oneof(fc.nat(15), fc.nat(200), fc.nat(3_200), fc.nat(45_000)),
  item: fc.constantFrom('a', 'b'),
  action: fc.constantFrom<Action>('impression', 'click', 'like', 'comment', 'share', 'dislike'),
})

/** F's hot score, and one of everything that is counted apart. */
const formulas: readonly Formula[] = [
  { like: 1, comment: 2, share: 3 },
  { impression: -1, click: 4 },
  { positive: 1 },
  { signal: 1 },
]

/** How long the steps of a window are: stated, for the oracle, in words of its own. */
function stepOf(hours: number): number {
  if (hours <= 3) return 5 * minuteMs
  return hours <= 48 ? hourMs : 24 * hourMs
}

/** What an event counts, by a formula. */
function worth({ action }: ActionEvent, formula: Formula): number {
  const signal = signalOf(defaultSignals, action, undefined)
  const kinds: readonly [DeedKind, number][] = [
    [action as DeedKind, 1],
    ['positive', signal >= positiveSignal ? 1 : 0],
    ['signal', signal],
  ]
  return kinds.reduce((sum, [kind, count]) => sum + (formula[kind] ?? 0) * count, 0)
}

/** Goes through all events there ever were. */
function recounted(
  events: readonly ActionEvent[],
  { item, at, hours, back, formula }: Asked,
  reach: number,
): number {
  const stepMs = stepOf(hours * (reach + 1))
  const running = Math.floor(at / stepMs) * stepMs
  const lengthMs = Math.ceil((hours * hourMs) / stepMs) * stepMs
  const from = running - lengthMs * (back + 1)
  const until = back === 0 ? running + stepMs : from + lengthMs
  return events
    .filter((event) => event.item === item && event.at >= from && event.at < until)
    .reduce((sum, event) => sum + worth(event, formula), 0)
}

interface Asked {
  readonly item: string
  readonly at: number
  readonly hours: number
  readonly back: number
  readonly formula: Formula
}

async function viewOf(events: readonly ActionEvent[]) {
  const store = memoryStore()
  const state = await openState({ store, projections: [parameters, activity], tables: [] })
  const view = await activityView(state, 0)
  await state.fold(0, events)
  await state.checkpoint()
  const again = await openState({ store, projections: [parameters, activity], tables: [] })
  return { state, view, loaded: await activityView(again, 0) }
}

test('a window of any length holds what recounting all events gives, in whichever order they came', async () => {
  const property = fc.asyncProperty(
    fc.array(deed, { minLength: 1, maxLength: 120, size: 'max' }),
    fc.constantFrom(1 / 12, 0.25, 0.4, 1, 1.5, 2, 3, 3.5, 5, 12, 24, 47.9, 48, 49, 72, 200, 720),
    fc.nat(240),
    fc.constantFrom(...formulas),
    async (deeds, hours, later, formula) => {
      const events = deeds.map(({ minutes, item, action }, index): ActionEvent => {
        const at = start - minutes * minuteMs
        return { type: 'action', id: `${index}`, at, action, user: 'u', item }
      })
      const { state, view, loaded } = await viewOf(events)
      const weights = weightsOf(formula)
      const at = start + later * minuteMs
      for (const item of ['a', 'b']) {
        const ordinal = state.ordinals.of(item)
        if (ordinal === undefined) continue
        for (const back of hours <= 240 ? [0, 1, 2] : [0]) {
          const window = windowOf(at, hours, back, hours <= 240 ? 2 : 0)
          const expected = recounted(
            events,
            { item, at, hours, back, formula },
            hours <= 240 ? 2 : 0,
          )
          for (const each of [view, loaded]) {
            const found = each.sum(ordinal, window, weights)
            assert.ok(Math.abs(found - expected) < 1e-9, `${found}, not ${expected}, of ${item}`)
          }
        }
      }
    },
  )
  await fc.assert(property, { numRuns: 200 })
})

test('a view knows the items that something was done with, ascending, and forgets the others', async () => {
  const property = fc.asyncProperty(
    fc.array(fc.tuple(fc.nat(30), fc.nat(70)), { maxLength: 60 }),
    fc.nat(40),
    async (touches, daysLater) => {
      const events = touches.map(
        ([item, days], index): ActionEvent => ({
          ...{ type: 'action', id: `${index}`, action: 'click', user: 'u', item: `i${item}` },
          at: start - days * 24 * hourMs,
        }),
      )
      const { state, view } = await viewOf(events)
      const at = start + daysLater * 24 * hourMs
      for (const item of view.items()) view.forget(item, at)
      const isActive = (item: string) =>
        events.some((event) => event.item === item && event.at > at - 31 * 24 * hourMs)
      const expected = [...new Set(events.map(({ item }) => item!))].filter(isActive)
      const ordinals = expected.map((item) => state.ordinals.of(item)!).sort((a, b) => a - b)
      const kept = [...view.items()]
      for (const ordinal of ordinals) assert.ok(kept.includes(ordinal))
      assert.deepEqual(
        kept,
        [...kept].sort((a, b) => a - b),
      )
      const span = 33 * 24 * hourMs
      for (const item of kept) {
        const newest = Math.max(
          ...events.filter((e) => state.ordinals.of(e.item!) === item).map((e) => e.at),
        )
        assert.ok(newest > at - span)
      }
      assert.equal(view.size, kept.length)
    },
  )
  await fc.assert(property, { numRuns: 100 })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Event } from '../../events/event.ts'
import { decayedAt } from '../../kernel/decay.ts'
import { openState } from '../folded-state.ts'
import { parameters } from '../projections/parameters.ts'
import { act, serve } from '../projections/value-after.suite.ts'
import { memoryStore } from '../store/memory-store.ts'
import {
  heatHalfLifeMs,
  type ItemCounter,
  itemCounterColumn,
  itemCounters,
} from './item-counters.ts'

const dayMs = 86_400_000
const start = 1_700_000_000_000

/** The row of the item that was named first. */
async function rowAfter(...events: Event[]) {
  const state = await openState({
    store: memoryStore(),
    projections: [parameters],
    tables: [itemCounters],
  })
  await state.fold(0, events)
  const { data } = state.rows(itemCounters)
  return (counter: ItemCounter): number => data[itemCounterColumn[counter]]!
}

describe('item counters', () => {
  it('count what happened to the item, each thing in its column', async () => {
    const of = await rowAfter(
      serve('u', ['a', 'b'], { at: start }),
      serve('v', ['a'], { at: start, repeatable: true }),
      act('u', 'impression', 'a', { at: start }),
      act('u', 'click', 'a', { at: start + 2 }),
      act('u', 'rate', 'a', { at: start + 1, value: 5 }),
      act('v', 'rate', 'a', { at: start + 5, value: 0.5 }),
      act('v', 'swipe-past', 'a', { at: start + 3 }),
      act('v', 'click', 'b', { at: start + 9 }),
    )
    const counted = Object.fromEntries(
      Object.keys(itemCounterColumn)
        .filter((name) => !name.startsWith('heat'))
        .map((name) => [name, of(name as ItemCounter)]),
    )
    assert.deepEqual(counted, {
      ...{ served: 2, impressions: 1, clicks: 1, positives: 2, negatives: 2 },
      ...{ signalSum: 1 + 2 - 1.6 - 0.5, ratings: 2, ratingSum: 5.5 },
      ...{ firstAt: start, lastAt: start + 5 },
    })
  })

  it('heat rises with what pleased, fades with its half-life, and what displeased adds none', async () => {
    const of = await rowAfter(
      act('u', 'like', 'a', { at: start }),
      act('v', 'click', 'a', { at: start + dayMs }),
      act('w', 'dislike', 'a', { at: start + dayMs }),
    )
    for (const [name, halfLifeMs] of Object.entries(heatHalfLifeMs)) {
      const heat = decayedAt(of(name as ItemCounter), start + dayMs, halfLifeMs)
      const expected = 2 * 2 ** (-dayMs / halfLifeMs) + 1
      assert.ok(Math.abs(heat - expected) < 1e-6, `${name}: ${heat}`)
    }
  })

  it('events are judged by the signals in force when they happened, in the order of the log', async () => {
    const signals: Event = {
      ...{ type: 'parameter', id: 'p', at: start, name: 'signals', by: 'operator' },
      value: { click: { weight: -3 } },
    }
    const of = await rowAfter(act('u', 'click', 'a'), signals, act('v', 'click', 'a'))
    assert.deepEqual([of('positives'), of('negatives'), of('signalSum')], [1, 1, -2])
  })
})

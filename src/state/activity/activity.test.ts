import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Event } from '../../events/event.ts'
import { openState } from '../folded-state.ts'
import { parameters } from '../projections/parameters.ts'
import { act, rate } from '../sets/small-world.suite.ts'
import { memoryStore } from '../store/memory-store.ts'
import { activity } from './activity.ts'
import { activityView } from './activity-view.ts'
import { deedKinds, type Formula, kindCountMax, weightsOf } from './deed-kinds.ts'
import { resolutions, windowOf } from './resolutions.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const start = 400_000 * hourMs

async function after(...events: readonly Event[]) {
  const state = await openState({
    store: memoryStore(),
    projections: [parameters, activity],
    tables: [],
  })
  const view = await activityView(state, 0)
  await state.fold(0, events)
  const sum = (item: string, at: number, hours: number, formula: Formula): number =>
    view.sum(state.ordinals.of(item)!, windowOf(at, hours), weightsOf(formula))
  return { state, view, sum }
}

describe('activity', () => {
  it('gives the hot score of system F over any number of hours (F-21)', async () => {
    const { sum } = await after(
      act('u', 'comment', 'post', start - 50 * minuteMs),
      act('v', 'comment', 'post', start - 40 * minuteMs),
      act('u', 'like', 'post', start - 30 * minuteMs),
      act('u', 'share', 'post', start - 20 * minuteMs),
      act('w', 'share', 'post', start - 26 * hourMs),
      act('w', 'impression', 'post', start),
    )
    const hot: Formula = { comment: 2, like: 1, share: 3 }
    assert.equal(sum('post', start, 1, hot), 8)
    assert.equal(sum('post', start, 0.5, hot), 4)
    assert.equal(sum('post', start, 48, hot), 11)
    assert.equal(sum('post', start + 3 * hourMs, 1, hot), 0)
  })

  it('counts a deed once, in the step it happened in, however late it is told', async () => {
    const { sum } = await after(
      act('u', 'like', 'a', start),
      act('v', 'like', 'a', start - 20 * hourMs),
      act('w', 'like', 'a', start - 20 * 24 * hourMs),
      act('x', 'like', 'a', start - 300 * 24 * hourMs),
    )
    assert.equal(sum('a', start, 1, { like: 1 }), 1)
    assert.equal(sum('a', start, 24, { like: 1 }), 2)
    assert.equal(sum('a', start, 720, { like: 1 }), 3)
  })

  it('keeps sums of late, and works out anew what was done since or has passed', async () => {
    const { state, view, sum } = await after(
      act('u', 'like', 'a', start),
      act('v', 'like', 'a', start - 3 * hourMs),
      act('w', 'like', 'b', start - 20 * hourMs),
    )
    const likes: Formula = { like: 1 }
    const lately = view.lately(4, weightsOf(likes))
    const agree = (at: number): void => {
      const { of, window } = lately(at)
      assert.deepEqual(window, windowOf(at, 4))
      for (const item of ['a', 'b']) {
        assert.equal(of(state.ordinals.of(item)!), sum(item, at, 4, likes), `${item} at ${at}`)
      }
      assert.equal(of(1_000), 0, 'an item that nothing was done with')
    }
    for (let hour = -1; hour < 6; hour++) agree(start + hour * hourMs)
    agree(start)
    await state.fold(state.offset, [
      act('x', 'like', 'a', start),
      act('x', 'like', 'b', start),
      act('x', 'like', 'c', start),
    ])
    agree(start)
    const later = start + 40 * 24 * hourMs
    assert.equal(view.forget(state.ordinals.of('a')!, later), true)
    assert.equal(lately(start).of(state.ordinals.of('a')!), 0)
  })

  it('judges deeds by the signals in force when they happened', async () => {
    const signals: Event = {
      ...{ type: 'parameter', id: 'p', at: start, name: 'signals', by: 'operator' },
      value: { click: { weight: -3 } },
    }
    const { sum } = await after(
      act('u', 'click', 'a', start),
      signals,
      act('v', 'click', 'a', start),
      rate('w', 'a', 2.5, start),
    )
    assert.equal(sum('a', start, 1, { signal: 1 }), -2)
    assert.equal(sum('a', start, 1, { positive: 1 }), 1)
    assert.equal(sum('a', start, 1, { click: 1 }), 2)
    assert.equal(sum('a', start, 1, { rate: 1 }), 1)
  })

  it('overlooks what happened before 1970 or in a thousand years, and what is of no item', async () => {
    const { view } = await after(
      act('u', 'like', 'a', -1),
      act('u', 'like', 'a', 253_402_300_799_999),
      { type: 'action', id: 'f', at: start, action: 'follow', user: 'u', text: 'director:x' },
    )
    assert.equal(view.size, 0)
  })

  it('holds no more of an item than its steps, however long it is popular', async () => {
    const events: Event[] = []
    for (let minute = 0; minute < 60 * 24 * 60; minute += 4) {
      events.push(act('u', 'like', 'a', start + minute * minuteMs))
    }
    const { state, view } = await after(...events)
    const cells = view.of(state.ordinals.of('a')!)!
    // A like counts as itself, as something positive, and by its signal.
    for (const [level, { span }] of resolutions.entries()) {
      assert.ok(cells[level]!.length / 2 <= 3 * span, `${cells[level]!.length} of level ${level}`)
    }
    assert.ok(activity.encode(cells).byteLength < 5_000)
  })

  it('counts no more kinds than a cell has room for', () => {
    assert.ok(deedKinds.length <= kindCountMax)
    assert.equal(new Set(deedKinds).size, deedKinds.length)
  })
})

describe('windows', () => {
  it('reach back through all that is asked for, and one step at most beyond', () => {
    for (const hours of [1 / 12, 0.1, 0.5, 1, 3, 3.1, 24, 48, 50, 500, 720]) {
      for (const minute of [0, 1, 59, 600]) {
        const at = start + minute * minuteMs + 123
        const { level, from, to, hours: told } = windowOf(at, hours)
        const { stepMs } = resolutions[level]
        assert.ok(from * stepMs <= at - hours * hourMs + 1)
        assert.ok(from * stepMs > at - hours * hourMs - 2 * stepMs)
        assert.equal(to, Math.floor(at / stepMs))
        assert.ok(Math.abs(told - (at - from * stepMs) / hourMs) < 1e-9)
      }
    }
  })

  it('stand one before the other without a gap, at one resolution', () => {
    const windows = [0, 1, 2].map((back) => windowOf(start + 7 * minuteMs, 1, back, 2))
    assert.deepEqual(
      windows.map(({ level }) => level),
      [0, 0, 0],
    )
    assert.equal(windows[1]!.to, windows[0]!.from - 1)
    assert.equal(windows[2]!.to, windows[1]!.from - 1)
    assert.equal(windows[1]!.hours, 1)
    // Two hours and the two before them do not fit into three: the hour is the step then.
    assert.equal(windowOf(start, 2, 0, 1).level, 1)
  })
})

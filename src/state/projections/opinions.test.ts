import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Action } from '../../events/event.ts'
import { defaultSignals } from '../../events/signals.ts'
import { opinionsOf, signalMax } from './opinions.ts'

function opinions(deeds: readonly (readonly [number, Action, number?])[], positivesMax?: number) {
  const history = deeds.map(([item, action, value], at) => ({ item, action, value, at }))
  const { items, signals, positives } = opinionsOf(history, defaultSignals, positivesMax)
  return {
    signals: Object.fromEntries(items.map((item, place) => [item, signals[place]])),
    items,
    positives: positives.map((deed) => deed.item),
  }
}

describe('opinions', () => {
  it('adds up what was done in one direction', () => {
    assert.deepEqual(
      opinions([
        [1, 'click'],
        [1, 'like'],
      ]).signals,
      { 1: 3 },
    )
  })

  it('are those of a user who may have changed their mind', () => {
    const { signals, positives } = opinions([
      [1, 'share'],
      [1, 'dislike'],
      [2, 'dislike'],
      [2, 'like'],
      [2, 'click'],
      [3, 'like'],
      [3, 'unlike'],
      [3, 'click'],
    ])
    assert.deepEqual(signals, { 1: -2, 2: 3, 3: 1 })
    assert.deepEqual(positives, [3, 2])
  })

  it('are bounded, and silent where a deed says nothing', () => {
    const { signals } = opinions([
      [1, 'share'],
      [1, 'share'],
      [2, 'rate', 2.5],
      [3, 'report'],
      [3, 'dislike'],
    ])
    assert.deepEqual(signals, { 1: signalMax, 3: -signalMax })
  })

  it('name what was liked, newest first, small signs of it only once they are enough', () => {
    const { items, positives } = opinions([
      [1, 'like'],
      [2, 'rate', 3],
      [3, 'like'],
      [2, 'rate', 3],
      [1, 'click'],
    ])
    assert.deepEqual(items, [1, 2, 3])
    assert.deepEqual(positives, [1, 3, 2])
  })

  it('stop looking back when enough was found', () => {
    const { items, positives } = opinions(
      [
        [1, 'like'],
        [2, 'like'],
        [3, 'dislike'],
        [4, 'like'],
      ],
      2,
    )
    assert.deepEqual(items, [4, 3, 2])
    assert.deepEqual(positives, [4, 2])
  })
})

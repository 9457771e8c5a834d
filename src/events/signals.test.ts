import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { actions } from './event.ts'
import { defaultSignals, positiveSignal, signalOf } from './signals.ts'

const signal = (...[action, value]: [Parameters<typeof signalOf>[1], number?]) =>
  signalOf(defaultSignals, action, value)

describe('signals', () => {
  it('an action without a value is worth its weight', () => {
    assert.equal(signal('click'), 1)
    assert.equal(signal('like'), 2)
    assert.equal(signal('dislike'), -2)
  })

  it('a value counts by how far it lies from what says nothing, and no further than the weight', () => {
    const { weight, neutral, scale } = defaultSignals.rate!
    assert.equal(signal('rate', neutral), 0)
    assert.equal(signal('rate', neutral! + scale! / 2), weight / 2)
    assert.equal(signal('rate', neutral! + scale!), weight)
    assert.equal(signal('rate', neutral! + 3 * scale!), weight)
    assert.equal(signal('rate', neutral! - scale!), -weight)
    assert.equal(signal('rate', neutral! - 9 * scale!), -weight)
  })

  it('five stars are a like, and one is none', () => {
    assert.ok(signal('rate', 5) >= positiveSignal)
    assert.ok(signal('rate', 1) <= -positiveSignal)
    assert.ok(signal('read', 60_000) >= positiveSignal)
    assert.ok(signal('read', 200) < positiveSignal)
  })

  it('the less was played of what was swiped past, the more it says', () => {
    const signals = [undefined, 0, 0.5, 1].map((value) => signal('swipe-past', value))
    assert.deepEqual(signals.map(Math.abs), [0.5, 0.5, 0.25, 0])
    assert.ok(signals.every((value) => value <= 0))
  })

  it('an action that is not declared says nothing; of ours, impressions, follows and reorderings', () => {
    assert.equal(signalOf({}, 'like', undefined), 0)
    const silent = actions.filter((action) => signal(action) === 0)
    assert.deepEqual(silent, ['impression', 'follow', 'rerank'])
  })
})

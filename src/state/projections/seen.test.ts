import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Event } from '../../events/event.ts'
import { isSeen, type Seen, seen, seenCountMax, seenDays } from './seen.ts'
import { act, keysAfter, merge, serve, valueAfter } from './value-after.suite.ts'

const dayMs = 86_400_000

const after = (...events: Event[]): Promise<Seen | undefined> => valueAfter(seen, events, 'u')

describe('seen', () => {
  it('remembers what was served for 90 days, and what was acted on for good', async () => {
    const past = await after(
      serve('u', ['a', 'b'], { at: 100.5 * dayMs }),
      act('u', 'click', 'b', { at: 3 * dayMs }),
    )
    for (const day of [0, 100, 100 + seenDays - 1]) assert.equal(isSeen(past, 0, day), true)
    assert.equal(isSeen(past, 0, 100 + seenDays), false)
    assert.equal(isSeen(past, 1, 60_000), true)
    assert.equal(isSeen(past, 2, 100), false)
    assert.equal(isSeen(undefined, 0, 100), false)
  })

  it('remembers over all scenes and channels, but not what stood beside something', async () => {
    const past = await after(
      serve('u', ['a'], { scene: 'home', at: dayMs }),
      serve('u', ['b'], { scene: 'channel', channel: '18', at: dayMs }),
      serve('u', ['c'], { scene: 'item:similar', repeatable: true, at: dayMs }),
      act('u', 'impression', 'd', { at: dayMs }),
    )
    assert.deepEqual([...past!.until.keys()], [0, 1])
  })

  it('blocks what was reported or disliked, and nothing else', async () => {
    const deeds = (['report', 'dislike', 'swipe-past', 'like'] as const).map((action, index) =>
      act('u', action, `item${index}`),
    )
    assert.deepEqual([...(await after(...deeds))!.blocked], [0, 1])
  })

  it('serving again moves the day, and never takes back what an action said', async () => {
    const past = await after(
      act('u', 'click', 'b'),
      serve('u', ['a', 'b'], { at: 10 * dayMs }),
      serve('u', ['a'], { at: 50 * dayMs }),
      serve('u', ['a'], { at: 20 * dayMs }),
    )
    assert.equal(isSeen(past, 1, 50 + seenDays - 1), true)
    assert.equal(isSeen(past, 1, 50 + seenDays), false)
    assert.equal(isSeen(past, 0, 60_000), true)
  })

  it('a merge gives all that was seen and blocked, and leaves nothing behind', async () => {
    const events = [
      serve('anon', ['a'], { at: 10 * dayMs }),
      act('anon', 'dislike', 'b'),
      serve('u', ['a', 'c'], { at: 5 * dayMs }),
      merge('anon', 'u'),
    ]
    const past = await after(...events)
    assert.equal(isSeen(past, 0, 10 + seenDays - 1), true)
    for (const item of [1, 2]) assert.equal(isSeen(past, item, 6), true)
    assert.deepEqual([...past!.blocked], [1])
    assert.deepEqual(await keysAfter(seen, events), ['u'])
  })

  it('is bounded: what was served longest ago is forgotten first, what was acted on last', async () => {
    const items = Array.from({ length: seenCountMax - 1 }, (_, index) => `item${index}`)
    // Number 0 was acted on, and is never the first to go; number 1 is served first, then again.
    const past = (await after(
      act('u', 'click', 'acted'),
      serve('u', items, { at: dayMs }),
      serve('u', ['item0'], { at: 2 * dayMs }),
      serve('u', ['new'], { at: 2 * dayMs }),
    ))!
    assert.equal(past.until.size, seenCountMax)
    for (const item of [0, 1, 3, seenCountMax]) assert.equal(isSeen(past, item, 2), true)
    assert.equal(isSeen(past, 2, 2), false)
  })
})

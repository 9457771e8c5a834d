import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { StarlingError } from '../../error.ts'
import type { TrackedEvent } from './letter.ts'
import { madeUpPlatform, madeUpServer, settled, startsAt } from './made-up-platform.suite.ts'
import { createTracker, type TrackerOptions } from './tracker.ts'

function house(options: Partial<TrackerOptions> = {}) {
  const platform = madeUpPlatform()
  const server = madeUpServer()
  const tracker = createTracker({ client: server, user: 'guest', platform, ...options })
  const batches = () => server.calls.map((call) => (Array.isArray(call) ? call.length : 'merge'))
  const told = () => [...server.events.values()].map(({ type, item }) => `${type} ${item}`)
  return { platform, server, tracker, batches, told }
}

const like = (item: string) => ({ type: 'like' as const, item })

describe('the tracker', () => {
  it('tells a deed at once, under an id and with the time at which it was done', async () => {
    const { platform, server, tracker } = house()
    const fate = tracker.track({ ...like('a'), token: 't' })
    await platform.advance(0)
    assert.deepEqual(await fate, { fate: 'told' })
    const [event] = [...server.events.values()]
    assert.match(event!.id!, /^e\w+$/)
    assert.deepEqual(
      { ...event, id: '' },
      { ...like('a'), id: '', token: 't', user: 'guest', at: new Date(startsAt).toISOString() },
    )
    assert.equal(tracker.status.waiting, 0)
  })

  it('lets impressions wait for company, and sends them along with a deed', async () => {
    const { platform, tracker, batches } = house()
    await platform.advance(0)
    const seen = (item: string) => void tracker.track({ type: 'impression', item })
    seen('a')
    await platform.advance(1_000)
    seen('b')
    await platform.advance(999)
    assert.deepEqual(batches(), [])
    await platform.advance(1)
    assert.deepEqual(batches(), [2])
    seen('c')
    void tracker.track(like('c'))
    await platform.advance(0)
    assert.deepEqual(batches(), [2, 2])
  })

  it('sends a hundred in a call, and no more than 56 KB', async () => {
    const { platform, tracker, batches } = house()
    for (let n = 0; n < 250; n++) void tracker.track(like(`i${n}`))
    await platform.advance(0)
    assert.deepEqual(batches(), [100, 100, 50])
    const text = 'x'.repeat(10_000)
    for (let n = 0; n < 12; n++) void tracker.track({ type: 'comment', item: 'i', text })
    await platform.advance(0)
    assert.deepEqual(batches().slice(3), [5, 5, 2])
  })

  it('waits longer and longer while the server is away, and goes on when the net is back', async () => {
    const { platform, server, tracker, told } = house()
    let asked = 0
    server.luck = () => {
      asked++
      return 'away'
    }
    void tracker.track(like('a'))
    await platform.advance(3_600_000)
    assert.ok(asked > 10 && asked < 60, `${asked} times in an hour`)
    void tracker.track(like('b'))
    const before = asked
    await platform.advance(0)
    assert.equal(asked, before, 'another deed is no reason to ask')
    server.luck = () => 'good'
    platform.happen('online')
    await platform.advance(0)
    assert.deepEqual(told(), ['like a', 'like b'])
  })

  it('asks no sooner than the server says', async () => {
    const { platform, server, tracker } = house()
    const { track } = server
    const asked: number[] = []
    server.track = async (input, options) => {
      asked.push(platform.now() - startsAt)
      if (asked.length > 1) return track(input, options)
      throw new StarlingError('resource_exhausted', 'busy', { retryAfterMs: 90_000 })
    }
    void tracker.track(like('a'))
    await platform.advance(120_000)
    assert.equal(asked[0], 0)
    assert.ok(asked[1]! >= 90_000 && asked[1]! <= 91_000, `${asked[1]} ms`)
  })

  it('says what the server refused, and does not tell it again', async () => {
    const { platform, server, tracker, batches } = house()
    server.judge = ({ item }) => (item === 'bad' ? 'item' : undefined)
    const fates = ['bad', 'good'].map((item) => tracker.track(like(item)))
    await platform.advance(60_000)
    assert.deepEqual(await Promise.all(fates), [
      { fate: 'refused', reason: 'item is not right' },
      { fate: 'told' },
    ])
    assert.deepEqual(batches(), [2])
    assert.equal(tracker.status.refused, 1)
  })

  it('tells what a device with a wrong clock did, without the time', async () => {
    const { platform, server, tracker } = house()
    server.judge = ({ at }) => (at === undefined ? undefined : 'at')
    const fate = tracker.track(like('a'))
    await platform.advance(0)
    assert.deepEqual(await fate, { fate: 'told' })
    assert.equal(server.events.size, 1)
  })

  it('keeps so many reports and no more: the oldest are dropped, and counted', async () => {
    const { platform, server, tracker, told } = house({ waitingMax: 3 })
    server.luck = () => 'away'
    const first = tracker.track(like('a'))
    for (const item of ['b', 'c', 'd']) void tracker.track(like(item))
    assert.deepEqual(await first, { fate: 'dropped' })
    assert.deepEqual([tracker.status.waiting, tracker.status.dropped], [3, 1])
    server.luck = () => 'good'
    await platform.advance(60_000)
    assert.deepEqual(told(), ['like b', 'like c', 'like d'])
  })

  it('tells who the visitor was before it tells what the user does', async () => {
    const { platform, server, tracker } = house()
    server.luck = () => 'away'
    void tracker.track(like('before'))
    tracker.identify('ann')
    void tracker.track(like('after'))
    await platform.advance(1_000)
    server.luck = () => 'good'
    await platform.advance(60_000)
    const [before, merge, after] = server.calls as readonly unknown[] as [
      readonly TrackedEvent[],
      unknown,
      readonly TrackedEvent[],
    ]
    assert.deepEqual([before[0]!.item, before[0]!.user], ['before', 'guest'])
    assert.deepEqual(merge, { id: 'ann', from: 'guest' })
    assert.deepEqual([after[0]!.item, after[0]!.user], ['after', 'ann'])
    assert.equal(tracker.status.user, 'ann')
  })

  it('goes on where a merge is refused for good', async () => {
    const { platform, server, tracker, told } = house()
    server.mergeUsers = () => Promise.reject(new StarlingError('invalid_argument', 'no'))
    tracker.identify('ann')
    void tracker.track(like('a'))
    await platform.advance(0)
    assert.deepEqual(told(), ['like a'])
    assert.equal(tracker.status.refused, 1)
  })
})

describe('a tracker without consent', () => {
  it('stores nothing and sends nothing', async () => {
    const { platform, server, tracker } = house({ consent: false })
    assert.deepEqual(await tracker.track(like('a')), { fate: 'dropped' })
    tracker.identify('ann')
    await tracker.flush()
    platform.hide()
    await platform.advance(600_000)
    assert.deepEqual([platform.texts.size, server.calls.length], [0, 0])
  })

  it('deletes what waited, also what another tab wrote, and starts anew when it is given', async () => {
    const { platform, server, tracker, told } = house()
    server.luck = () => 'away'
    const waiting = tracker.track(like('a'))
    await platform.advance(10)
    const otherTab = madeUpPlatform({ texts: platform.texts, seed: 'other tab' })
    void createTracker({ client: server, user: 'x', platform: otherTab }).track(like('b'))
    assert.equal(platform.texts.size, 2)
    tracker.consent(false)
    assert.equal(platform.texts.size, 0)
    assert.deepEqual(await waiting, { fate: 'dropped' })
    server.luck = () => 'good'
    tracker.consent(true)
    void tracker.track(like('c'))
    await platform.advance(60_000)
    assert.deepEqual(told(), ['like c'])
  })

  it('stops what is under way', async () => {
    const { platform, server, tracker } = house()
    let signal: AbortSignal | undefined
    server.track = (_input, options) => {
      signal = options?.signal
      return new Promise(() => undefined)
    }
    void tracker.track(like('a'))
    await platform.advance(0)
    tracker.consent(false)
    assert.equal(signal?.aborted, true)
  })
})

describe('a tracker whose page is left', () => {
  it('sends at once what waits, as much as may outlive a page, and keeps the rest', async () => {
    const { platform, server, tracker } = house()
    const lasting: unknown[] = []
    const { track } = server
    server.track = (input, options) => {
      lasting.push(options?.keepalive)
      return track(input, options)
    }
    const text = 'x'.repeat(10_000)
    for (let n = 0; n < 8; n++) void tracker.track({ type: 'comment', item: `i${n}`, text })
    platform.hide()
    await settled()
    assert.deepEqual(lasting, [true])
    assert.equal(server.events.size, 5)
    assert.equal(tracker.status.waiting, 3)
    platform.show()
    await platform.advance(0)
    assert.equal(server.events.size, 8)
  })

  it('tells what was being read', async () => {
    const { platform, server, tracker } = house()
    const card = {}
    tracker.reading(card, { item: 'a', token: 't', position: 4 })
    platform.scroll(card, true)
    await platform.advance(5_000)
    platform.hide()
    await settled()
    const [event] = [...server.events.values()]
    assert.deepEqual([event!.type, event!.value, event!.position], ['read', 5_000, 4])
  })

  it('leaves what was not told to the next one', async () => {
    const { platform, server, tracker, told } = house()
    server.luck = () => 'away'
    void tracker.track(like('a'))
    platform.hide()
    await settled()
    tracker.close()
    server.luck = () => 'good'
    const at = platform.now()
    const later = madeUpPlatform({ texts: platform.texts, at: at + 86_400_000, seed: 'later' })
    createTracker({ client: server, user: 'guest', platform: later })
    await later.advance(0)
    assert.deepEqual(told(), ['like a'])
  })

  it('does without a place to keep things', async () => {
    const platform = { ...madeUpPlatform(), storage: undefined }
    const server = madeUpServer()
    const tracker = createTracker({ client: server, user: 'u', platform })
    void tracker.track(like('a'))
    await tracker.flush()
    assert.equal(server.events.size, 1)
  })
})

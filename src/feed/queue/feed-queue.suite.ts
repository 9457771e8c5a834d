import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import type { Action } from '../../events/event.ts'
import { type Batch, batchCountMax, batchLifeMs } from '../../state/projections/batches.ts'
import type { Entry } from '../../state/projections/packed-entries.ts'
import { seenDays } from '../../state/projections/seen.ts'
import type { FeedKey, FeedQueue, Offer, Take, Taken } from './feed-queue.ts'

/** A queue and the world around it. */
export interface QueueWorld {
  readonly queue: FeedQueue
  /** Makes `count` items known; resolves with their ordinals. */
  items(count: number): Promise<readonly number[]>
  /** Lets a user do something with an item. */
  act(user: string, action: Action, item: number): Promise<void>
  /** Makes one user another: their pages belong to `into` from then on. */
  merge(from: string, into: string): Promise<void>
  /** The same queue in another process, after this one was killed. */
  reopen(): Promise<QueueWorld>
}

export type OpenWorld = (t: TestContext) => Promise<QueueWorld>

const start = 1_700_000_000_000
const dayMs = 86_400_000
const home: FeedKey = { user: 'u', scene: 'home', channel: '' }

/** What every feed queue must do. `open` gives an empty one. */
export function feedQueueSuite(name: string, open: OpenWorld): void {
  describe(name, () => {
    taking(open)
    fitting(open)
    offering(open)
    remembering(open)
    atOnce(open)
  })
}

function taking(open: OpenWorld): void {
  it('takes the best first, and what is left waits for the next page', async (t) => {
    const { queue, items } = await open(t)
    const all = await items(5)
    await queue.offer(home, offer(all), start)
    assert.deepEqual(shown(await queue.take(take({ size: 2 }))), all.slice(0, 2))
    assert.deepEqual(shown(await queue.take(take({ size: 2 }))), all.slice(2, 4))
  })

  it('takes none where fewer fit than asked, says how many, and changes nothing', async (t) => {
    const { queue, items } = await open(t)
    const all = await items(3)
    await queue.offer(home, offer(all), start)
    const refused = await queue.take(take({ size: 4 }))
    assert.deepEqual(refused, { short: { fitting: 3, stale: false } })
    assert.equal(await queue.newest(home), 0)
    assert.deepEqual(shown(await queue.take(take({ size: 4, partial: true }))), all)
  })

  it('takes none where what waits was chosen before the user did something', async (t) => {
    const { queue, items } = await open(t)
    await queue.offer(home, { ...offer(await items(3)), pulse: 4 }, start)
    const outdated = await queue.take(take({ size: 2, pulseMin: 5 }))
    assert.deepEqual(outdated, { short: { fitting: 2, stale: true } })
    assert.equal(shown(await queue.take(take({ size: 1, pulseMin: 4 }))).length, 1)
    // Whoever brings an offer knows what the user did, and may take what waits as well.
    const offers = [{ ...offer(await items(1)), pulse: 5 }]
    assert.equal(shown(await queue.take(take({ size: 3, pulseMin: 5, offers }))).length, 3)
  })

  it('numbers the pages of each feed 1, 2, 3, at times that rise whatever the clock says', async (t) => {
    const { queue, items } = await open(t)
    const all = await items(8)
    await queue.offer(home, offer(all), start)
    const channel = { ...home, channel: '18' }
    const pages: [number, number, number | undefined][] = []
    for (const at of [start, start, start - 5_000, start + 9]) {
      const { batch, olderAt } = pageOf(await queue.take(take({ size: 1, at })))
      pages.push([batch.batch, batch.at, olderAt])
    }
    assert.deepEqual(pages, [
      [1, start, undefined],
      [2, start + 1, start],
      [3, start + 2, start + 1],
      [4, start + 9, start + 2],
    ])
    const other = await queue.take(take({ key: channel, size: 1, offers: [offer(all.slice(6))] }))
    assert.equal(pageOf(other).batch.batch, 1)
    assert.deepEqual([await queue.newest(home), await queue.newest(channel)], [4, 1])
  })

  it('records no page where nothing fits, and answers with the newest number', async (t) => {
    const { queue, items } = await open(t)
    await queue.take(take({ size: 1, offers: [offer(await items(1))] }))
    const empty = await queue.take(take({ size: 3, partial: true, request: 'empty' }))
    const { batch, olderAt } = pageOf(empty)
    assert.deepEqual([batch.batch, batch.items, olderAt], [1, [], start])
    assert.equal(await queue.newest(home), 1)
    assert.equal(await queue.byRequest('empty', start), undefined)
    const next = await queue.take(take({ size: 1, offers: [offer(await items(2))] }))
    assert.equal(pageOf(next).batch.batch, 2)
  })
}

function fitting(open: OpenWorld): void {
  it('leaves waiting what is skipped, and forgets for good what is dropped', async (t) => {
    const { queue, items } = await open(t)
    const all = await items(4)
    await queue.offer(home, offer(all), start)
    const fit = ({ item }: Entry) => (item === all[0] ? 'skip' : item === all[1] ? 'drop' : 'show')
    assert.deepEqual(shown(await queue.take(take({ size: 1, fit }))), [all[2]])
    assert.deepEqual(shown(await queue.take(take({ size: 4, partial: true }))), [all[0], all[3]])
  })

  it('never asks about, and never shows, what the user saw in any scene or channel', async (t) => {
    const { queue, items } = await open(t)
    const all = await items(5)
    const elsewhere = { ...home, scene: 'list', channel: '18' }
    await queue.offer(home, offer(all), start)
    await queue.take(take({ key: elsewhere, size: 2, offers: [offer(all.slice(0, 2))] }))
    const asked: number[] = []
    const fit = ({ item }: Entry) => {
      asked.push(item)
      return 'show' as const
    }
    assert.deepEqual(shown(await queue.take(take({ size: 5, partial: true, fit }))), all.slice(2))
    assert.deepEqual(asked, all.slice(2))
  })

  it('never shows what the user acted on or blocked', async (t) => {
    const { queue, items, act } = await open(t)
    const all = await items(4)
    await queue.offer(home, offer(all), start)
    await act('u', 'click', all[0]!)
    await act('u', 'dislike', all[1]!)
    await act('v', 'dislike', all[2]!)
    assert.deepEqual(shown(await queue.take(take({ size: 4, partial: true }))), all.slice(2))
  })

  it('shows again beside an item what was seen, and what stood there counts as unseen', async (t) => {
    const { queue, items } = await open(t)
    const all = await items(3)
    await queue.take(take({ size: 1, offers: [offer(all)] }))
    const beside = { key: { ...home, scene: 'item:similar' }, repeatable: true }
    const similar = await queue.take(take({ ...beside, size: 3, offers: [offer(all)] }))
    assert.deepEqual(shown(similar), all)
    assert.deepEqual(shown(await queue.take(take({ size: 2 }))), all.slice(1))
  })

  it('shows an item again when it was seen ninety days ago', async (t) => {
    const { queue, items } = await open(t)
    const all = await items(1)
    await queue.take(take({ size: 1, offers: [offer(all)] }))
    const again = (days: number) =>
      queue.take(take({ size: 1, at: start + days * dayMs, offers: [offer(all)] }))
    assert.ok('short' in (await again(seenDays - 1)))
    assert.deepEqual(shown(await again(seenDays)), all)
  })
}

function offering(open: OpenWorld): void {
  it('takes from an offer in the same step, behind what waits, each item once', async (t) => {
    const { queue, items } = await open(t)
    const all = await items(5)
    await queue.offer(home, offer(all.slice(0, 2)), start)
    const offers = [offer(all.slice(1, 4)), offer(all.slice(3))]
    assert.deepEqual(shown(await queue.take(take({ size: 4, offers }))), all.slice(0, 4))
    assert.deepEqual(shown(await queue.take(take({ size: 1 }))), [all[4]])
  })

  it('an offer that replaces puts an end to what waited', async (t) => {
    const { queue, items } = await open(t)
    const all = await items(4)
    await queue.offer(home, offer(all.slice(0, 2)), start)
    const replacing = { ...offer(all.slice(2)), replace: true, pulse: 7 }
    assert.deepEqual(shown(await queue.take(take({ size: 1, offers: [replacing] }))), [all[2]])
    const rest = await queue.take(take({ size: 4, partial: true, pulseMin: 7 }))
    assert.deepEqual(shown(rest), [all[3]])
  })

  it('a page that is refused leaves its offers out of the queue too', async (t) => {
    const { queue, items } = await open(t)
    const all = await items(2)
    assert.ok('short' in (await queue.take(take({ size: 3, offers: [offer(all)] }))))
    assert.deepEqual(shown(await queue.take(take({ size: 3, partial: true }))), [])
  })
}

function remembering(open: OpenWorld): void {
  it('gives a page back as it was shown, by its number and by its request', async (t) => {
    const { queue, items } = await open(t)
    const entries = (await items(2)).map((item, index) => ({
      ...{ item, score: 0.5 - index, sources: ['fresh', 'nearest'].slice(index) },
      ...{ run: 'run', model: 'ranker/3', expiresAt: start + dayMs },
    }))
    const asked = { size: 2, request: 'r1', arms: ['a/1'], recipe: 'feed', at: start + 7 }
    const { batch } = pageOf(await queue.take(take({ ...asked, offers: [offer([], entries)] })))
    const expected = {
      ...{ batch: 1, at: start + 7, ...home, request: 'r1', delivery: 'now' },
      ...{ recipe: 'feed', arms: ['a/1'], items: entries },
    }
    for (const page of [
      batch,
      await queue.batch(home, 1, start + 7),
      await queue.byRequest('r1', start + 7),
    ]) {
      assert.deepEqual(told(page), expected)
    }
  })

  it('keeps a page for ninety days, and knows no page that was never shown', async (t) => {
    const { queue, items } = await open(t)
    await queue.take(take({ size: 1, request: 'r1', offers: [offer(await items(1))] }))
    const [last, gone] = [start + batchLifeMs - 1, start + batchLifeMs]
    assert.equal((await queue.batch(home, 1, last))?.request, 'r1')
    assert.equal(await queue.batch(home, 1, gone), undefined)
    assert.equal(await queue.byRequest('r1', gone), undefined)
    assert.equal(await queue.batch(home, 2, start), undefined)
    assert.equal(await queue.byRequest('r2', start), undefined)
  })

  it('keeps the last pages of a feed, and forgets the first ones', async (t) => {
    const { queue, items } = await open(t)
    const all = await items(batchCountMax + 1)
    await queue.offer(home, offer(all), start)
    const takes = all.map((_, index) => queue.take(take({ size: 1, request: `r${index + 1}` })))
    await Promise.all(takes)
    assert.equal(await queue.newest(home), batchCountMax + 1)
    assert.equal(await queue.batch(home, 1, start), undefined)
    assert.equal(await queue.byRequest('r1', start), undefined)
    assert.deepEqual(shownOn(await queue.batch(home, 2, start)), [all[1]])
    assert.deepEqual(shownOn(await queue.byRequest('r2', start)), [all[1]])
  })

  it('knows after a kill what it told anybody: pages, what waits, and what was seen', async (t) => {
    const before = await open(t)
    const all = await before.items(6)
    await before.queue.offer(home, offer(all), start)
    const page = pageOf(await before.queue.take(take({ size: 2, request: 'r1' }))).batch
    const { queue } = await before.reopen()
    assert.deepEqual(told(await queue.batch(home, 1, start)), told(page))
    assert.equal(await queue.newest(home), 1)
    const again = { key: { ...home, scene: 'list' }, size: 2, offers: [offer(all.slice(0, 2))] }
    assert.deepEqual(await queue.take(take(again)), { short: { fitting: 0, stale: false } })
    assert.deepEqual(shown(await queue.take(take({ size: 4 }))), all.slice(2))
  })
}

function atOnce(open: OpenWorld): void {
  it('gives devices that ask at once different pages, numbered without gaps', async (t) => {
    const { queue, items } = await open(t)
    const all = await items(60)
    await queue.offer(home, offer(all.slice(0, 30)), start)
    const scenes = ['home', 'list']
    const takes = Array.from({ length: 24 }, (_, index) => {
      const key = { ...home, scene: scenes[index % 2]! }
      // Half of the devices bring an offer of their own: the same one, as runs of one recipe would.
      const offers = index % 3 === 0 ? [offer(all.slice(20))] : []
      const request = `r${index}`
      return queue.take(take({ key, size: 5, partial: true, request, offers }))
    })
    const pages = (await Promise.all(takes)).map((taken) => pageOf(taken).batch)
    const served = pages.flatMap(shownOn)
    assert.equal(new Set(served).size, served.length, 'an item was shown twice')
    assert.equal(served.length, 60)
    for (const scene of scenes) {
      const recorded = pages.filter((page) => page.scene === scene && page.items.length > 0)
      const numbers = recorded.map(({ batch }) => batch).sort((a, b) => a - b)
      assert.deepEqual(
        numbers,
        Array.from({ length: numbers.length }, (_, index) => index + 1),
      )
      const times = recorded.sort((a, b) => a.batch - b.batch).map(({ at }) => at)
      assert.ok(times.every((at, index) => index === 0 || at > times[index - 1]!))
    }
  })

  it('takes no page while somebody is made another, and then from the feed of who they are', async (t) => {
    const { queue, items, merge } = await open(t)
    const all = await items(4)
    await queue.take(take({ size: 1, offers: [offer(all.slice(3))] }))
    const visitor = { ...home, user: 'visitor' }
    const offers = [offer(all.slice(0, 2))]
    const before = queue.take(take({ key: visitor, size: 2, offers, request: 'before' }))
    const merged = queue.alone('visitor', () => merge('visitor', 'u'))
    const after = queue.take(take({ key: visitor, size: 3, partial: true, offers: [offer(all)] }))
    await merged
    assert.deepEqual(shown(await before), all.slice(0, 2))
    const { batch } = pageOf(await after)
    assert.deepEqual([batch.user, batch.batch, shownOn(batch)], ['u', 2, [all[2]]])
  })

  it('shows every user the same item, and holds nobody up for another', async (t) => {
    const { queue, items } = await open(t)
    const all = await items(3)
    const users = Array.from({ length: 12 }, (_, index) => `u${index}`)
    const taken = await Promise.all(
      users.map((user) => {
        const key = { ...home, user }
        return queue.take(take({ key, size: 3, request: user, offers: [offer(all)] }))
      }),
    )
    for (const each of taken) assert.deepEqual(shown(each), all)
  })
}

function offer(items: readonly number[], entries: readonly Entry[] = []): Offer {
  const made = items.map((item) => ({
    ...{ item, score: 1, sources: ['popular'], run: 'run', model: '' },
    expiresAt: start + 365 * dayMs,
  }))
  return { writer: 'feed', entries: [...made, ...entries], replace: false, pulse: 0 }
}

function take(more: Partial<Take> & Pick<Take, 'size'>): Take {
  return {
    ...{ key: home, at: start, request: 'request', delivery: 'now', recipe: 'feed', arms: [] },
    ...{ offers: [], fit: () => 'show', partial: false, pulseMin: -1, repeatable: false },
    ...more,
  }
}

function pageOf(taken: Taken): Extract<Taken, { batch: unknown }> {
  assert.ok('batch' in taken, `no page was taken: ${JSON.stringify(taken)}`)
  return taken
}

function shown(taken: Taken): readonly number[] {
  return shownOn(pageOf(taken).batch)
}

function shownOn(page: { readonly items: readonly Entry[] } | undefined): readonly number[] {
  return page?.items.map(({ item }) => item) ?? []
}

/** What a page says, without what an implementation may carry along. */
function told(page: Batch | undefined): Batch | undefined {
  if (page === undefined) return undefined
  const { batch, at, user, scene, channel, request, delivery, recipe, arms, items } = page
  return { batch, at, user, scene, channel, request, delivery, recipe, arms, items }
}

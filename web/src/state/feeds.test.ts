import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Client } from '../../../src/client/client.ts'
import { StarlingError } from '../../../src/error.ts'
import type { Page } from './api.ts'
import { createFeeds, type Feeds } from './feeds.ts'

const place = { user: 'u', scene: 'home', channel: '' }

const page = (batchId: number, older: string | null, items: readonly string[]): Page => ({
  requestId: `r${batchId}`,
  batchId,
  scene: 'home',
  channel: '',
  delivery: 'now',
  servedAt: '2026-01-01T00:00:00.000Z',
  older,
  items: items.map((id, position) => ({ id, position, token: id, score: 1, sources: [] })),
})

/** A server that gives the answers of a list, and notes what it was asked. */
function feedsOver(answers: readonly (Page | StarlingError)[]) {
  const asked: unknown[] = []
  const rest = [...answers]
  const client = {
    feed: async (input: unknown) => {
      asked.push(input)
      const answer = rest.shift()
      if (answer === undefined || answer instanceof StarlingError) throw answer
      return answer
    },
  } as unknown as Client // The feeds ask for nothing else.
  const items = { learn: () => undefined } as never // Nor for anything else of the items.
  return { feeds: createFeeds(client, items), asked }
}

const batches = ({ shelf }: Feeds) => shelf.value.pages.map(({ batchId }) => batchId)
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('feeds', () => {
  it('put a new page on top and older ones below, until the beginning', async () => {
    const { feeds, asked } = feedsOver([
      page(3, 'b2', ['c']),
      page(4, 'b3', ['d']),
      page(2, 'b1', ['b']),
      page(1, null, ['a']),
    ])
    feeds.goTo(place)
    await settled()
    await feeds.refresh()
    await feeds.pageBack()
    await feeds.pageBack()
    assert.deepEqual(batches(feeds), [4, 3, 2, 1])
    assert.equal(feeds.shelf.value.older, null)
    await feeds.pageBack()
    assert.equal(asked.length, 4, 'before the beginning there is nothing to ask for')
    assert.equal((asked[2] as { cursor: string }).cursor, 'b2')
  })

  it('leave no gap where another device was shown pages between', async () => {
    const { feeds } = feedsOver([page(3, 'b2', ['c']), page(6, 'b5', ['f'])])
    feeds.goTo(place)
    await settled()
    await feeds.refresh()
    assert.deepEqual(batches(feeds), [6])
    assert.equal(feeds.shelf.value.older, 'b5')
  })

  it('keep what is shown when nothing is left or the server is gone', async () => {
    const { feeds } = feedsOver([
      page(1, null, ['a']),
      page(1, 'b1', []),
      new StarlingError('unavailable', 'gone'),
    ])
    feeds.goTo(place)
    await settled()
    assert.equal(await feeds.refresh(), true)
    assert.equal(feeds.shelf.value.dry, true)
    assert.deepEqual(batches(feeds), [1])
    assert.equal(await feeds.refresh(), false)
    assert.deepEqual(feeds.shelf.value.failure, { code: 'unavailable', message: 'gone' })
    assert.deepEqual(batches(feeds), [1])
    assert.equal(feeds.shelf.value.busy, undefined)
  })

  it('remember every place, and ask for a first page only once', async () => {
    const { feeds, asked } = feedsOver([page(1, null, ['a']), page(1, null, ['b'])])
    const channel = { ...place, scene: 'channel', channel: 'Comedy' }
    for (const next of [place, channel, place, channel]) {
      feeds.goTo(next)
      await settled()
    }
    assert.equal(asked.length, 2)
    assert.equal(feeds.shelf.value.pages[0]?.items[0]?.id, 'b')
  })

  it('ask for new pages with the filter, and for older ones without', async () => {
    const { feeds, asked } = feedsOver([
      page(2, 'b1', ['b']),
      page(3, 'b2', ['c']),
      page(1, null, ['a']),
    ])
    feeds.goTo(place)
    await settled()
    feeds.filter.value = 'year > 1990'
    await feeds.refresh()
    await feeds.pageBack()
    const filters = asked.map((input) => (input as { filter?: string }).filter)
    assert.deepEqual(filters, [undefined, 'year > 1990', undefined])
    assert.deepEqual(
      feeds.shelf.value.pages.map(({ filter }) => filter),
      ['year > 1990', '', ''],
    )
  })
})

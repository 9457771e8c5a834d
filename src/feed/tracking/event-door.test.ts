import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { broken, StarlingError } from '../../error.ts'
import { manualClock } from '../../events/clock.ts'
import type { ActionEvent, Event } from '../../events/event.ts'
import type { Once } from '../../state/once.ts'
import type { Batch } from '../../state/projections/batches.ts'
import type { Entry } from '../../state/projections/packed-entries.ts'
import { eventCountMax, eventDoor, rejection, tokenLifeMs } from './event-door.ts'
import { tokenSeal } from './token.ts'

const start = 1_700_000_000_000
const minuteMs = 60_000
const seal = tokenSeal(new Uint8Array(32))
const ids = ['film-a', 'film-b']

const entry: Entry = {
  ...{ item: 0, score: 1, sources: ['fresh'], run: 'run', model: 'ranker/2' },
  expiresAt: start,
}

const page: Batch = {
  ...{ batch: 4, at: start, user: 'anon', scene: 'home', channel: '18', request: 'r1' },
  ...{ delivery: 'now', recipe: 'feed', arms: ['a/1'] },
  items: [entry, { ...entry, item: 1, sources: ['explore'] }],
}

/** A door behind which one page was shown, to a visitor who turned out to be `known`. */
function house(options: { readonly page?: Batch; readonly once?: Once } = {}) {
  const clock = manualClock(start + minuteMs)
  const recorded: Event[] = []
  let lastId = 0
  const once: Once = options.once ?? {
    async record(events) {
      recorded.push(...events)
      return events.map(() => 'new')
    },
  }
  const shown = options.page ?? page
  const door = eventDoor({
    clock,
    seal,
    once,
    newId: () => `made-up-${lastId++}`,
    queue: { byRequest: async (request) => (request === shown.request ? shown : undefined) },
    aliases: { resolve: (user) => (user === 'anon' ? 'known' : user) },
    ordinals: {
      size: ids.length,
      of: (item) => ids.indexOf(item),
      id: (ordinal) => ids[ordinal]!,
    },
  })
  return { clock, recorded, track: door.track }
}

const click = { type: 'click', user: 'known', item: 'film-a' }
const token = (position: number, request = 'r1') => seal.page(request)(position)

describe('the event door', () => {
  it('ties an action to the page that showed the item, and knows better than the caller', async () => {
    const { track, recorded } = house()
    const raw = { ...click, id: 'e1', item: 'film-b', token: token(1), scene: 'x', channel: 'y' }
    assert.deepEqual(await track([raw]), { accepted: 1, duplicates: 0, rejected: [] })
    const expected: ActionEvent = {
      ...{ type: 'action', id: 'e1', at: start + minuteMs, action: 'click' },
      ...{ user: 'known', item: 'film-b' },
      shown: {
        ...{ request: 'r1', batch: 4, position: 1, scene: 'home', channel: '18' },
        ...{ arms: ['a/1'], sources: ['explore'], model: 'ranker/2', servedAt: start },
      },
    }
    assert.deepEqual(recorded, [expected])
  })

  it('takes an action without a token at its word, and under the name the user has now', async () => {
    const { track, recorded } = house()
    await track([{ ...click, user: 'anon', scene: 'search', channel: '18' }])
    const [event] = recorded as ActionEvent[]
    assert.equal(event!.user, 'known')
    assert.deepEqual([event!.scene, event!.channel, event!.shown], ['search', '18', undefined])
    assert.equal(event!.id, 'made-up-0')
  })

  it('keeps where an item really stood, beside where it was served', async () => {
    const { track, recorded } = house()
    await track([{ ...click, token: token(0), position: 5 }])
    const [event] = recorded as ActionEvent[]
    assert.deepEqual([event!.shown!.position, event!.shown!.stood], [0, 5])
  })

  it('keeps how a page was reordered, and refuses places that it has not', async () => {
    const { track, recorded } = house()
    const rerank = { type: 'rerank', user: 'known', token: token(0) }
    const { rejected } = await track([
      { ...rerank, order: [1, 0] },
      { ...rerank, order: [2, 0] },
    ])
    const [event] = recorded as ActionEvent[]
    assert.deepEqual([event!.order, event!.item, event!.shown!.request], [[1, 0], undefined, 'r1'])
    assert.match(rejected[0]!.message, /order names place 2 of a page of 2/)
  })

  it('keeps a place on a page as one impression, however often it is reported', async () => {
    const { track, recorded } = house()
    const seen = { type: 'impression', user: 'known', item: 'film-a', token: token(0) }
    await track([{ ...seen, id: 'first' }, { ...seen, id: 'second' }, seen])
    assert.deepEqual(
      recorded.map(({ id }) => id),
      Array.from({ length: 3 }, () => 'impression:r1:0'),
    )
  })

  it('judges each row by itself, and says which was refused and why', async () => {
    const { track, recorded } = house()
    const result = await track([
      click,
      { ...click, token: 'r1.0.AAAAAAAAAAAA' },
      { type: 'click', user: 'known' },
      { ...click, id: 'e2', token: token(0) },
      null,
    ])
    assert.equal(result.accepted, 2)
    assert.deepEqual(
      result.rejected.map(({ index, code }) => [index, code]),
      [1, 2, 4].map((index) => [index, 'invalid_argument']),
    )
    assert.deepEqual([result.rejected[0]!.field, result.rejected[1]!.field], ['token', 'item'])
    assert.equal(recorded.length, 2)
  })

  it('refuses a token that was made up, and one whose page is gone or too old', async () => {
    const { track, clock } = house()
    const why = async (raw: unknown) => (await track([raw])).rejected[0]?.message ?? 'accepted'
    assert.match(await why({ ...click, token: 'r1.0.AAAAAAAAAAAA' }), /was not issued/)
    assert.match(
      await why({ ...click, token: token(0, 'r9') }),
      /stale: its page is no longer kept/,
    )
    clock.set(start + tokenLifeMs)
    assert.equal(await why({ ...click, token: token(0) }), 'accepted')
    clock.advance(1)
    assert.match(await why({ ...click, token: token(0) }), /stale.*more than 30 days ago/)
  })

  it('refuses what contradicts the page: another user, another item, a place it has not', async () => {
    const { track } = house()
    const why = async (raw: unknown) => (await track([raw])).rejected[0]?.message ?? 'accepted'
    assert.match(await why({ ...click, user: 'other', token: token(0) }), /contradicts user/)
    assert.match(
      await why({ ...click, token: token(1) }),
      /contradicts item: that place held film-b/,
    )
    assert.match(await why({ ...click, token: token(2) }), /names place 2 of a page of 2/)
    const follow = { type: 'follow', user: 'known', text: 'director:Varda', token: token(0) }
    assert.match(await why(follow), /contradicts item: .*not none/)
  })

  it('allows clocks to differ by ten minutes, and no action before its page by more', async () => {
    const { track } = house()
    const at = (ms: number) => ({ ...click, token: token(0), at: new Date(ms).toISOString() })
    assert.equal((await track([at(start - 10 * minuteMs)])).accepted, 1)
    const { rejected } = await track([at(start - 10 * minuteMs - 1)])
    assert.match(rejected[0]!.message, /at is before the page/)
  })

  it('counts what was said before, and hands on a failure that is not the caller’s', async () => {
    const repeated = house({ once: { record: async () => ['new', 'repeated'] } })
    const result = await repeated.track([click, click])
    assert.deepEqual(result, { accepted: 1, duplicates: 1, rejected: [] })
    const full = house({ once: { record: () => Promise.reject(new Error('disk full')) } })
    await assert.rejects(full.track([click]), /disk full/)
    assert.throws(() => rejection(0, broken('a bug')), StarlingError)
  })

  it('takes so many rows in one call, and no more', async () => {
    const { track } = house()
    const rows = Array.from({ length: eventCountMax }, () => click)
    assert.equal((await track(rows)).accepted, eventCountMax)
    await assert.rejects(track([...rows, click]), /has 10001 rows; at most 10000/)
  })
})

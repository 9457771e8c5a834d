import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Event } from '../../../events/event.ts'
import { act, hourMs, put, smallWorld, worldStart } from '../../../state/sets/small-world.suite.ts'
import { unseen } from '../fit.ts'
import { recalled } from '../source.suite.ts'
import { byInterest } from './by-interest.ts'

const puts = ['crime', 'space', 'comedy', 'war'].flatMap((genre, shelf) =>
  Array.from({ length: 10 }, (_, index): Event => {
    const channels = index % 2 === 0 ? ['even'] : ['odd']
    return put(
      `${genre}-${index}`,
      { attributes: { genres: { tags: [genre] } }, channels },
      worldStart + shelf,
    )
  }),
)

async function proposed(deeds: readonly Event[], limit: number, asked = {}) {
  const world = await smallWorld([...puts, ...deeds])
  const { catalogue, trending } = world
  const attributes = ['channels', 'genres']
  const source = byInterest({ catalogue, attributes, set: trending, fit: unseen(catalogue) })
  return recalled(world, source, limit, { user: 'u', at: worldStart, ...asked })
}

describe('by-interest', () => {
  it('brings what the session is about before what lasts', async () => {
    const long = [0, 2, 4].map((n) => act('u', 'like', `crime-${n}`, worldStart - 40 * hourMs))
    const now = act('u', 'click', 'space-2')
    const items = await proposed([...long, now], 8)
    assert.equal(items.length, 8)
    assert.ok(items[0]!.startsWith('space-'), `${items}`)
    assert.ok(items[1]!.startsWith('crime-'), `${items}`)
    for (const item of items) assert.match(item, /^(crime|space)-/)
  })

  it('finds the hottest of a topic, and the newest, which are hot nowhere', async () => {
    const heat = ['a', 'b', 'c'].map((user) => act(user, 'like', 'war-4', worldStart - hourMs))
    const items = await proposed([...heat, act('u', 'click', 'war-0')], 3)
    assert.deepEqual(items, ['war-4', 'war-9', 'war-8'])
  })

  it('keeps to interests within the channel that is asked for', async () => {
    const deeds = [act('u', 'click', 'war-0'), act('u', 'click', 'space-1')]
    const items = await proposed(deeds, 4, { channel: 'odd' })
    assert.ok(items.length > 0)
    for (const item of items) assert.match(item, /^space-[13579]$/)
  })

  it('brings nothing of what is disliked, nor for one who did nothing', async () => {
    assert.deepEqual(await proposed([act('u', 'dislike', 'war-0')], 9), [])
    assert.deepEqual(await proposed([act('v', 'click', 'war-0')], 9), [])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { act, hourMs, put, serve, smallWorld } from '../../state/sets/small-world.suite.ts'
import { askedAt } from '../made-up-query.suite.ts'
import { dropActedOn } from './drop-acted-on.ts'
import { dropBlocked } from './drop-blocked.ts'
import { dropExcluded } from './drop-excluded.ts'
import { dropOffChannel } from './drop-off-channel.ts'
import { dropSeen } from './drop-seen.ts'
import { dropUnfit } from './drop-unfit.ts'
import { dropWithdrawn } from './drop-withdrawn.ts'
import { filterSuite, kept } from './filter.suite.ts'

const nothing = { items: [] }

filterSuite('drop-seen', () => dropSeen())
filterSuite('drop-acted-on', () => dropActedOn())
filterSuite('drop-withdrawn', ({ catalogue }) => dropWithdrawn(catalogue))
filterSuite('drop-excluded', () => dropExcluded())
filterSuite('drop-unfit', () => dropUnfit())
filterSuite('drop-off-channel', ({ catalogue }) => dropOffChannel(catalogue))
filterSuite('drop-blocked', ({ catalogue, state }) =>
  dropBlocked(catalogue, state.ordinals, () => ({ items: ['i1', 'gone'], channels: ['b', 'no'] })),
)

describe('filters', () => {
  const abcd = ['a', 'b', 'c', 'd']
  const puts = abcd.map((item) => put(item, { channels: item < 'c' ? ['18'] : ['18', '3'] }))

  it('drop what was served lately or acted on, whatever the scene and the channel', async () => {
    const dayMs = 24 * hourMs
    const world = await smallWorld([
      ...puts,
      serve('u1', ['a'], askedAt - 89 * dayMs),
      serve('u1', ['b'], askedAt - 91 * dayMs),
      act('u1', 'click', 'c', askedAt - 300 * dayMs),
      act('u2', 'click', 'd'),
    ])
    const asked = { channel: '3', scene: 'elsewhere' }
    assert.deepEqual(await kept(world, dropSeen(), abcd, asked), ['b', 'd'])
    assert.deepEqual(await kept(world, dropSeen(), abcd, { user: 'a stranger' }), abcd)
    // Where what was merely shown may come again, only the click counts.
    assert.deepEqual(await kept(world, dropActedOn(), abcd, asked), ['a', 'b', 'd'])
  })

  it('drop what is withdrawn, not yet there, or there no longer', async () => {
    const world = await smallWorld([
      ...puts,
      { type: 'withdraw', id: 'w', at: askedAt, item: 'a' },
      put('b', { availableFrom: askedAt + 1 }),
      put('c', { availableUntil: askedAt }),
      act('u1', 'click', 'never described'),
    ])
    const filter = dropWithdrawn(world.catalogue)
    assert.deepEqual(await kept(world, filter, [...abcd, 'never described']), ['d'])
    assert.deepEqual(await kept(world, filter, abcd, { at: askedAt + 1 }), ['b', 'd'])
  })

  it('drop what the user reported or disliked', async () => {
    const world = await smallWorld([
      ...puts,
      act('u1', 'report', 'a'),
      act('u1', 'dislike', 'b'),
      act('u1', 'like', 'c'),
      act('u2', 'report', 'd'),
    ])
    const filter = dropBlocked(world.catalogue, world.state.ordinals, () => nothing)
    assert.deepEqual(await kept(world, filter, abcd), ['c', 'd'])
  })

  it('drop what operators blocked, from the next request on', async () => {
    const world = await smallWorld(puts)
    let blocked: { items: string[]; channels?: string[] } = { items: ['a'] }
    const filter = dropBlocked(world.catalogue, world.state.ordinals, () => blocked)
    assert.deepEqual(await kept(world, filter, abcd), ['b', 'c', 'd'])
    blocked = { items: [], channels: ['3'] }
    assert.deepEqual(await kept(world, filter, abcd), ['a', 'b'])
  })

  it('drop what the caller doesn’t want', async () => {
    const world = await smallWorld(puts)
    const [a, b] = [world.state.ordinals.of('a')!, world.state.ordinals.of('b')!]
    const asked = { excluded: new Set([a]), beside: b, condition: (item: number) => item === b }
    assert.deepEqual(await kept(world, dropExcluded(), abcd, asked), ['c', 'd'])
    assert.deepEqual(await kept(world, dropUnfit(), abcd, asked), ['b'])
    assert.deepEqual(await kept(world, dropUnfit(), abcd), abcd)
  })

  it('drop what belongs to other channels', async () => {
    const world = await smallWorld(puts)
    const filter = dropOffChannel(world.catalogue)
    assert.deepEqual(await kept(world, filter, abcd), abcd)
    assert.deepEqual(await kept(world, filter, abcd, { channel: '3' }), ['c', 'd'])
    assert.deepEqual(await kept(world, filter, abcd, { channel: '4' }), [])
  })
})

import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { StarlingError } from '../../error.ts'
import type { Event } from '../../events/event.ts'
import type { LoggedEvent } from '../../events/log/event-log.ts'
import { partitionOf } from '../../events/streams/partitions.ts'
import { coOccurrence } from '../projections/co-occurrence.ts'
import { history } from '../projections/history.ts'
import { parameters } from '../projections/parameters.ts'
import type { Projection } from '../projections/projection.ts'
import { pulse } from '../projections/pulse.ts'
import { users } from '../projections/users.ts'
import { memoryStore } from '../store/memory-store.ts'
import { itemCounters } from '../tables/item-counters.ts'
import { openPartition, type PartitionOptions } from './partition-fold.ts'
import { divide, type Spread } from './spread.ts'

const spread: Spread = {
  projections: [parameters, history, pulse, coOccurrence],
  tables: [itemCounters],
  everywhere: [parameters],
  whole: [],
}

const count = 2

/** Ids of users of one partition. */
function usersOf(partition: number): readonly string[] {
  const names = Array.from({ length: 40 }, (_, index) => `user${index}`)
  return names.filter((name) => partitionOf(name, count) === partition)
}

const [ann = '', art = ''] = usersOf(0)
const [bea = ''] = usersOf(1)

function like(user: string, item: string): Event {
  return { type: 'action', id: `${user} ${item}`, at: 1e12, action: 'like', user, item }
}

function logged(events: readonly Event[]): readonly LoggedEvent[] {
  return events.map((event, offset) => ({ offset, event }))
}

async function pair(options: Partial<PartitionOptions> & { readonly of?: Spread } = {}) {
  const { of = spread, ...rest } = options
  const stores = [memoryStore(), memoryStore()]
  const division = divide(of, count)
  const open = (partition: number) =>
    openPartition({ partition, division, store: stores[partition]!, peers: stores, ...rest })
  return { stores, open, one: await open(0), other: await open(1) }
}

describe('a partition', () => {
  it('folds what it was told only when nobody can tell of anything earlier', async () => {
    const { one, other } = await pair()
    const events = logged([like(ann, 'i0'), like(bea, 'i0'), like(ann, 'i0')])
    assert.equal(await one.advance(events), 'done')
    await one.checkpoint()
    assert.equal(await one.deliver(), false)
    assert.deepEqual([one.offset, one.keyed], [3, 0])
    assert.equal(await other.advance(events.slice(0, 2)), 'done')
    await other.checkpoint()
    assert.equal(await one.deliver(), true)
    assert.deepEqual([one.offset, one.keyed], [3, 2])
    assert.deepEqual(one.durable, { offset: 3, keyed: 0 })
    await one.checkpoint()
    assert.deepEqual(one.durable, { offset: 3, keyed: 2 })
  })

  it('stops reading while others have not taken what waits for them, and then goes on', async () => {
    const { one, other } = await pair({ outboxBytesMax: 400 })
    const events = logged(Array.from({ length: 40 }, (_, index) => like(ann, `i${index}`)))
    assert.equal(await one.advance(events), 'held')
    const stoppedAt = one.offset
    assert.ok(stoppedAt > 0 && stoppedAt < 40 && one.outboxBytes > 400)
    await one.checkpoint()
    assert.equal(await one.advance(events), 'held')
    assert.equal(one.offset, stoppedAt)
    assert.equal(await other.advance(events), 'done')
    for (const each of [other, one, other, one]) {
      await each.checkpoint()
      await each.deliver()
    }
    await Promise.all([one.checkpoint(), other.checkpoint()])
    await one.deliver()
    await one.advance(events)
    assert.ok(one.offset > stoppedAt)
  })

  it('waits at a merge for the partition of the other user, and is not waited for in turn', async () => {
    const { one, other } = await pair()
    const merge: Event = { type: 'merge', id: 'm', at: 1e12, from: ann, into: bea }
    const events = logged([like(ann, 'i0'), merge, like(ann, 'i1')])
    assert.equal(await one.advance(events), 'waiting')
    assert.deepEqual(one.durable, { offset: 1, keyed: 0 })
    assert.equal(await other.advance(events), 'done')
    assert.equal(await one.advance(events), 'done')
    assert.equal(one.offset, 3)
  })

  it('gives what it holds of a user to whom they turned out to be, in another partition', async () => {
    const { one, other, stores } = await pair()
    const merge: Event = { type: 'merge', id: 'm', at: 1e12, from: ann, into: bea }
    const events = logged([like(ann, 'i0'), like(art, 'i0'), like(bea, 'i1'), merge])
    await one.advance(events)
    await other.advance(events)
    await one.advance(events)
    await Promise.all([one.checkpoint(), other.checkpoint()])
    const [kept] = await stores[1]!.get([`history/${bea}`])
    assert.deepEqual(
      history.decode(kept!).map(({ item }) => item),
      [0, 1],
    )
    assert.deepEqual(await stores[0]!.get([`history/${ann}`]), [undefined])
    const [counted] = await stores[1]!.get([`pulse/${bea}`])
    assert.equal(pulse.decode(counted!), 3)
  })

  it('says which projection cannot be divided, and what would help', async () => {
    const nosy: Projection<number> = {
      ...pulse,
      name: 'nosy',
      reads: () => [{ projection: coOccurrence, key: '0' }],
    }
    const both = { ...spread, projections: [...spread.projections, nosy] }
    const { one } = await pair({ of: both })
    await assert.rejects(
      one.advance(logged([like(ann, 'i0')])),
      /nosy looks at co-occurrence\/0, which lies in another partition: co-occurrence must be/,
    )

    const chains = await pair({ of: { ...both, projections: [parameters, users] } })
    const merges = [
      { type: 'merge', id: 'm0', at: 1, from: bea, into: ann } as const,
      { type: 'merge', id: 'm1', at: 1, from: ann, into: art } as const,
    ]
    await chains.one.advance(logged(merges))
    await chains.other.advance(logged(merges))
    await assert.rejects(
      chains.one.advance(logged(merges)),
      new RegExp(`users changes ${bea} by an event that does not name that user`),
    )
  })

  it('goes on in no store that was made for other partitions or other folds', async () => {
    const { one, stores } = await pair()
    await one.advance(logged([like(ann, 'i0')]))
    await one.checkpoint()
    const newer = { ...spread, tables: [{ ...itemCounters, version: 99 }] }
    const calls = [
      { partition: 0, division: divide(spread, 3), store: stores[0]!, peers: stores },
      { partition: 0, division: divide(newer, 2), store: stores[0]!, peers: stores },
    ]
    for (const call of calls) {
      await assert.rejects(
        openPartition(call),
        (error) => error instanceof StarlingError && error.code === 'failed_precondition',
      )
    }
  })

  it('says so where what it was to take has been removed', async () => {
    const { one, other, stores, open } = await pair()
    const events = logged([like(bea, 'i0'), like(bea, 'i1'), like(bea, 'i2')])
    for (const each of [one, other]) {
      await each.advance(events)
      await each.checkpoint()
    }
    for (const each of [one, other, one, other, one, other]) {
      await each.deliver()
      await each.checkpoint()
    }
    for await (const batch of stores[0]!.scan('')) {
      await stores[0]!.commit(batch.map(([key]) => ({ delete: key })))
    }
    const begun = await open(0)
    await assert.rejects(begun.deliver(), /data_loss. letter 0 to partition 0 was removed before/)
  })
})

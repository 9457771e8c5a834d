import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LoggedEvent } from '../events/log/event-log.ts'
import { type Random, seededRandom } from '../kernel/random.ts'
import { openState } from '../state/folded-state.ts'
import { madeUpHistory } from '../state/made-up-history.suite.ts'
import { openPartition, type PartitionFold } from '../state/partitioned/partition-fold.ts'
import { divide } from '../state/partitioned/spread.ts'
import { union } from '../state/partitioned/union.ts'
import { memoryStore } from '../state/store/memory-store.ts'
import type { Store } from '../state/store/store.ts'
import { folds, spread } from './folds.ts'

async function rowsOf(stores: readonly Store[]): Promise<ReadonlyMap<string, string>> {
  const rows = new Map<string, string>()
  const names = [...folds.projections, ...folds.tables].map(({ name }) => name)
  for (const name of [...names, 'ordinals']) {
    for await (const [key, value] of union(stores, `${name}/`)) {
      rows.set(key, Buffer.from(value).toString('hex'))
    }
  }
  return rows
}

async function singlePass(events: readonly LoggedEvent[]): Promise<ReadonlyMap<string, string>> {
  const store = memoryStore()
  await using state = await openState({ store, ...folds })
  await state.fold(
    0,
    events.map(({ event }) => event),
  )
  await state.checkpoint()
  return rowsOf([store])
}

/** Folds in any order that processes may run in, with crashes at any step. */
async function foldApart(random: Random, count: number, events: readonly LoggedEvent[]) {
  const stores = Array.from({ length: count }, () => memoryStore())
  const division = divide(spread, count)
  const open = (partition: number) =>
    openPartition({
      ...{ partition, division, store: stores[partition]!, peers: stores },
      cacheBytes: 30_000,
      outboxBytesMax: 2_000 + random.below(50_000),
      checkpointEvents: 1 + random.below(60),
    })
  const partitions: PartitionFold[] = []
  for (let partition = 0; partition < count; partition++) partitions.push(await open(partition))
  const isOver = ({ keyed, settled }: PartitionFold) => keyed === events.length && settled
  let [steps, crashes] = [0, 0]
  while (!partitions.every(isOver)) {
    assert.ok(steps++ < 100_000, 'they wait for each other for ever')
    const turn = random.below(count)
    const one = partitions[turn]!
    const act = random.below(12)
    if (act === 0 && crashes++ < 60) partitions[turn] = await open(turn)
    else if (act < 5) await one.advance(events.slice(one.offset, one.offset + random.below(60)))
    else if (act < 9) await one.deliver()
    else await one.checkpoint()
  }
  return { stores, crashes }
}

test('partitions that crash at any step come to the bytes of a single pass', async () => {
  let crashed = 0
  for (const seed of [1, 2, 3, 4, 5]) {
    const random = seededRandom(seed)
    const past = { count: 500, userCount: 14, itemCount: 40 }
    const events = madeUpHistory(random.fork('history'), past).map(
      // A few places whose events were erased from the log.
      (event, offset): LoggedEvent => ({ offset, event: offset % 97 === 50 ? undefined : event }),
    )
    const count = 1 + random.below(5)
    const { stores, crashes } = await foldApart(random.fork('schedule'), count, events)
    crashed += crashes
    const [apart, together] = [await rowsOf(stores), await singlePass(events)]
    const told = `seed ${seed}, ${count} partitions`
    assert.deepEqual([...apart.keys()].sort(), [...together.keys()].sort(), told)
    for (const [key, bytes] of together) assert.equal(apart.get(key), bytes, `${told}: ${key}`)
    for (const store of stores) {
      for await (const left of store.scan('outbox/')) assert.deepEqual(left, [], told)
      for await (const left of store.scan('merging/')) assert.deepEqual(left, [], told)
    }
  }
  assert.ok(crashed > 30, `${crashed} crashes`)
})

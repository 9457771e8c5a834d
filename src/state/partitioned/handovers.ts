import { deserialize, serialize } from 'node:v8'
import type { Offset } from '../../events/log/event-log.ts'
import type { Partition } from '../../events/streams/partitions.ts'
import { fromHex } from '../ordinal-index.ts'
import type { Need, Projection } from '../projections/projection.ts'
import type { Bytes, Key, Store, Write } from '../store/store.ts'
import type { Holdings } from './holdings.ts'
import { handoverKey, handoverPrefix, type Peer } from './peer.ts'

/** Values of another partition as they were just before an event, by `<projection>/<key>`. */
export type Foreign = ReadonlyMap<Key, unknown>

export const nothingForeign: Foreign = new Map()

/**
 * What partitions show each other where a merge joins users of both. Each writes down what it knows
 * of its own user, in a commit that ends right before the event, and reads the other's. Offsets are
 * one order, so the partition that is furthest behind never waits: nobody waits in a circle.
 */
export interface Handovers {
  /** The handover of this event was written down already. */
  isReady(offset: Offset): boolean
  prepare(to: Partition, offset: Offset, values: readonly Handed[]): void
  /** What is to be written with the next commit. */
  seal(): readonly Write[]
  /** The other has folded, for good, all events before `offset`. Is that news? */
  passed(to: Partition, offset: Offset): boolean
  /** Handovers that somebody may still read. */
  readonly heldCount: number
}

/** A value in its stored form; absent where there is none. */
export type Handed = readonly [name: string, key: Key, bytes: Bytes | undefined]

export async function openHandovers(store: Store): Promise<Handovers> {
  let held: { readonly to: Partition; readonly offset: Offset }[] = []
  for await (const batch of store.scan(handoverPrefix)) {
    for (const [key] of batch) {
      const [to = '', offset = ''] = key.slice(handoverPrefix.length).split('/')
      held.push({ to: fromHex(to), offset: Number.parseInt(offset, 16) })
    }
  }
  let writes: Write[] = []
  return {
    isReady: (offset) => held.some((one) => one.offset === offset),
    get heldCount() {
      return held.length
    },
    prepare(to, offset, values) {
      writes.push({ put: handoverKey(to, offset), value: serialize(values) })
      held.push({ to, offset })
    },
    seal() {
      const sealed = writes
      writes = []
      return sealed
    },
    passed(to, offset) {
      const isOver = (one: (typeof held)[number]): boolean => one.to === to && one.offset < offset
      if (!held.some(isOver)) return false
      for (const one of held.filter(isOver)) writes.push({ delete: handoverKey(to, one.offset) })
      held = held.filter((one) => !isOver(one))
      return true
    },
  }
}

/** The values behind needs, encoded as the store would hold them. */
export async function handedOf(
  holdings: Holdings,
  needs: readonly Need[],
): Promise<readonly Handed[]> {
  await holdings.load(needs)
  return needs.map(({ projection, key }): Handed => {
    const value = holdings.find(projection, key)?.value
    return [projection.name, key, value === undefined ? undefined : projection.encode(value)]
  })
}

/** What the other partition handed over for an event; `undefined` until it has got there. */
export async function handedOver(
  peer: Peer,
  to: Partition,
  offset: Offset,
  projections: readonly Projection<unknown>[],
): Promise<Foreign | undefined> {
  const [row] = await peer.get([handoverKey(to, offset)])
  if (row === undefined) return undefined
  const values = deserialize(row) as readonly Handed[] // Written by `prepare`.
  const byName = new Map(projections.map((projection) => [projection.name, projection]))
  return new Map(
    values.map(([name, key, bytes]) => {
      const value = bytes === undefined ? undefined : byName.get(name)!.decode(bytes)
      return [`${name}/${key}`, value] as const
    }),
  )
}

import type { Offset } from '../../events/log/event-log.ts'
import type { Partition } from '../../events/streams/partitions.ts'
import { toHex } from '../ordinal-index.ts'
import { decodeJson, encodeJson } from '../projections/json-value.ts'
import type { Bytes, Key, Store, Write } from '../store/store.ts'

/** What a partition shows to the others: its store, as it was last committed. */
export type Peer = Pick<Store, 'get'>

/** The row that says how far a partition has come: a part of every commit. */
export interface Standing {
  readonly count: number
  readonly versions: Readonly<Record<string, number>>
  /** All events before it are folded, as far as they are this partition's own concern. */
  readonly offset: Offset
  /** All changes that others sent for events before it are folded. */
  readonly keyed: Offset
  /** The letter that it will write next to each partition. */
  readonly sent: readonly number[]
  /** The letter of each partition that it will take next: earlier ones are needed no more. */
  readonly taken: readonly number[]
}

export const standingKey = 'meta/partition'

export function standingOf(bytes: Bytes | undefined): Standing | undefined {
  return bytes && decodeJson<Standing>(bytes)
}

export function standingWrite(standing: Standing): Write {
  return { put: standingKey, value: encodeJson(standing) }
}

export const letterPrefix = 'outbox/'

/** Changes for keys of another partition, in the order of the log. */
export function letterKey(to: Partition, number: number): Key {
  return `${letterPrefix}${toHex(to)}/${toHex(number)}`
}

export const handoverPrefix = 'merging/'

/** What is known of a user just before they are joined with one of another partition. */
export function handoverKey(to: Partition, offset: Offset): Key {
  return `${handoverPrefix}${toHex(to)}/${offset.toString(16).padStart(14, '0')}`
}

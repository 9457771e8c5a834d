import { hashText } from '../../kernel/hash.ts'
import type { Event } from '../event.ts'

/** One share of all users and all keys: 0 for the first. Each has one writer. */
export type Partition = number

/** The same in every process and for good: what is stored was divided by it. */
export function partitionOf(key: string, count: number): Partition {
  return hashText(key).low % count
}

/** Which partitions an event concerns. */
export interface Parties {
  /** Those of its users: what is known of them may change, and may be looked at. */
  readonly all: readonly Partition[]
  /** The one of them that tells the others what follows for keys of theirs. */
  readonly speaker: Partition
}

/** An event without a user is spoken for by the partition of what it is about. */
export function partiesOf(event: Event, count: number): Parties {
  if (event.type !== 'merge') {
    const speaker = partitionOf(subjectOf(event), count)
    return { all: [speaker], speaker }
  }
  const [from, into] = [partitionOf(event.from, count), partitionOf(event.into, count)]
  return { all: from === into ? [into] : [from, into], speaker: into }
}

function subjectOf(event: Exclude<Event, { type: 'merge' }>): string {
  if ('user' in event) return event.user
  if ('item' in event) return event.item
  return event.type === 'model' ? event.model : event.name
}

import type { Timestamp } from '../clock.ts'
import type { Offset } from '../log/event-log.ts'

/** How far a consumer group is, and how fast. */
export interface ConsumerStatus {
  readonly group: string
  readonly description: string
  /** Everything before it is in what the group has made durable. */
  readonly checkpoint: Offset
  /** When the checkpoint was first seen to stand there; absent where it has not moved yet. */
  readonly checkpointAt?: Timestamp
  /** The next event it will take. */
  readonly position: Offset
  readonly head: Offset
  /** Events between position and head. */
  readonly lag: number
  /** How old the next event is that it has not taken; 0 where there is none. */
  readonly lagMs: number
  readonly eventsPerSecond: number
  /** Is it waiting for whoever takes what it makes? */
  readonly held: boolean
  /** What went wrong last; absent again as soon as it goes on. */
  readonly failure?: string
  readonly members: readonly ConsumerMember[]
}

/** One of those who share a group's work. */
export interface ConsumerMember {
  readonly member: string
  readonly partitions: readonly number[]
  readonly position: Offset
  readonly lag: number
}

import type { ConsumerStatus } from '../../events/streams/consumer-status.ts'

/** Whoever follows the log, and how far they are. */
export interface Streams {
  /** The state first, then the others in the order in which they were opened. */
  streams(): Promise<readonly StreamView[]>
}

/** A consumer group: state, lake, nearline. */
export type StreamView = ConsumerStatus

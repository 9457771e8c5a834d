import type { LoggedEvent, Offset } from '../log/event-log.ts'

/**
 * Where a consumer puts what it reads. A sink writes how far it has come in the same commit as what
 * it makes of the events: so each counts once, whenever its process dies.
 */
export interface Sink {
  /** The offset to go on from: everything before it is in what the sink has made durable. */
  readonly checkpoint: Offset

  /**
   * Takes events in order; the next batch is read when it resolves. Durable later: `checkpoint`
   * tells. A batch that was refused comes again, whole: a sink that took a part of it passes over
   * what it has by the offsets.
   */
  take(events: readonly LoggedEvent[]): Promise<void>
}

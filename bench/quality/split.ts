import type { Timestamp } from '../../src/events/clock.ts'
import type { ActionEvent, Event } from '../../src/events/event.ts'

/** A log cut at one moment for all: what could be learned from, and what is asked about. */
export interface Split {
  readonly at: Timestamp
  /** The whole catalogue, which is known from the start, and the actions before the cut. */
  readonly before: readonly Event[]
  /** The actions from the cut on, in the order of the log. */
  readonly after: readonly ActionEvent[]
}

/** Cuts at `at`, and leaves out what came at `until` or later. */
export function splitAt(events: readonly Event[], at: Timestamp, until: Timestamp): Split {
  const before = events.filter((event) => event.type !== 'action' || event.at < at)
  const after = events.filter((event): event is ActionEvent => {
    return event.type === 'action' && event.item !== undefined && event.at >= at && event.at < until
  })
  return { at, before, after }
}

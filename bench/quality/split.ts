import type { Timestamp } from '../../src/events/clock.ts'
import type { Event } from '../../src/events/event.ts'

/** A log cut at one moment for all: what could be learned from, and what is asked about. */
export interface Split {
  /** The catalogue, and the actions before the cut. */
  readonly before: readonly Event[]
  /** The actions from the cut on, in the order of the log. */
  readonly after: readonly Event[]
}

/** Items stand before all actions, whenever they were put: the catalogue is known from the start. */
export function splitAt(events: readonly Event[], at: Timestamp, until = Infinity): Split {
  const before = events.filter((event) => event.type !== 'action' || event.at < at)
  const after = events.filter(
    (event) => event.type === 'action' && event.at >= at && event.at < until,
  )
  return { before, after }
}

import type { Timestamp } from '../clock.ts'
import { decodeAction, decodeItem, decodeUser } from '../decode.ts'
import type { Event } from '../event.ts'
import type { PlacedRow } from './time-order.ts'

/** When things are taken to have happened, where the files do not say. */
export interface ImportTimes {
  /** The moment of the import: no event may lie later. */
  readonly now: Timestamp
  /**
   * When items and users became known: before the first event of the same import, because events
   * about them follow.
   */
  readonly known: Timestamp
}

/**
 * The event that a row stands for. Its id comes from what the file holds and the row's place in
 * it, so importing the file again adds nothing. Throws `invalid_argument` where the row is refused.
 */
export function rowEvent({ part, row }: PlacedRow, { now, known }: ImportTimes): Event {
  const raw = part.apiRow(row)
  const id = `import:${part.identity}:${row.line}`
  switch (part.kind) {
    case 'items':
      return { type: 'item', id, at: known, ...decodeItem(raw, now) }
    case 'users':
      return { type: 'user', id, at: known, ...decodeUser(raw, now) }
    case 'events':
      return decodeAction(raw, { now, newId: () => id }).event
  }
}

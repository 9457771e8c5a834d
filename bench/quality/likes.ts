import type { ActionEvent, UserId } from '../../src/events/event.ts'
import { defaultSignals, positiveSignal, signalOf } from '../../src/events/signals.ts'
import { type Interactions, interactionsOf } from '../../src/models/interactions.ts'
import type { Ordinal } from '../../src/state/projections/projection.ts'

/** Who liked what so far: what the simple models learn from. */
export interface Likes {
  /** Takes the action down where it says of a liking. */
  add(action: ActionEvent, item: Ordinal): void
  /** How many liked each item. */
  readonly counts: Float32Array
  /** A row per user. All likes weigh the same: a rating of 5 counts as one of 4 does. */
  matrix(): Interactions
  readonly userCount: number
}

export function likeTable(itemCount: number): Likes {
  const rows = new Map<UserId, number>()
  const users: number[] = []
  const items: number[] = []
  const counts = new Float32Array(itemCount)
  return {
    counts,
    get userCount() {
      return rows.size
    },
    add(action, item) {
      if (signal(action) < positiveSignal) return
      const row = rows.get(action.user) ?? rows.size
      rows.set(action.user, row)
      users.push(row)
      items.push(item)
      counts[item]! += 1
    },
    matrix() {
      const cells = { users: Uint32Array.from(users), items: Uint32Array.from(items) }
      return interactionsOf(cells, { userCount: rows.size, itemCount }, 'max')
    },
  }
}

/** What an action says of a liking, by the signals that are in force unless told otherwise. */
export function signal({ action, value }: ActionEvent): number {
  return signalOf(defaultSignals, action, value)
}

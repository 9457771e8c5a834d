import { invalid } from '../error.ts'
import { type Interactions, interactionsOf } from './interactions.ts'

/**
 * What each user (or session) met, in the order of time:
 *
 *   row r: items[starts[r]] ... items[starts[r + 1] - 1], the oldest first
 */
export interface Sequences {
  readonly itemCount: number
  /** One place more than there are rows. */
  readonly starts: Uint32Array
  /** Ordinals below `itemCount`. */
  readonly items: Uint32Array
}

/** Throws `invalid_argument` for ordinals out of range. */
export function sequencesOf(rows: readonly ArrayLike<number>[], itemCount: number): Sequences {
  const starts = new Uint32Array(rows.length + 1)
  for (const [row, items] of rows.entries()) starts[row + 1] = starts[row]! + items.length
  const items = new Uint32Array(starts[rows.length]!)
  for (const [row, each] of rows.entries()) items.set(each, starts[row])
  const place = items.findIndex((item) => item >= itemCount)
  if (place >= 0) throw invalid(`items[${place}]`, `${items[place]} must be < ${itemCount}`)
  return { itemCount, starts, items }
}

/** Who met what, the order forgotten. */
export function unordered({ starts, items, itemCount }: Sequences): Interactions {
  const users = new Uint32Array(items.length)
  for (let row = 0; row + 1 < starts.length; row++) users.fill(row, starts[row], starts[row + 1])
  return interactionsOf({ users, items }, { userCount: starts.length - 1, itemCount }, 'max')
}

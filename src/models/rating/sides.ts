import type { Ratings } from '../evaluation/formats/ratings-data.ts'
import { type Relation, type RelationRow, relationOf } from './relation.ts'

/** What is told of a user and of an item, beside who they are. */
export interface SideOptions {
  /** Of a user what they rated, and of an item who did (SVD++: Koren, KDD 2008; and flipped). */
  readonly history: boolean
  /** Of a user the day too: tastes and moods last for one (timeSVD++: Koren, KDD 2009). */
  readonly days: boolean
}

/** How ratings belong to rows of the two relations; rows that are unknown are -1. */
export interface Sides {
  readonly relations: readonly [users: Relation, items: Relation]
  readonly rows: RowIndex
}

/** Row numbers, which a saved model keeps. */
export interface RowIndex {
  /** Users and items come first, in their order; then each user's days. */
  readonly userCount: number
  readonly itemCount: number
  /** Ascending: user × 65536 + day. The row of the entry at k is userCount + k. */
  readonly userDays: Float64Array
}

export function sidesOf(ratings: Ratings, options: SideOptions, counts: Counts): Sides {
  const { userCount, itemCount } = counts
  const { users, items } = ratings
  const userDays = options.days ? daysOf(ratings) : new Float64Array()
  const rows = { userCount, itemCount, userDays }
  const met = options.history
    ? [listsOf(users, items, userCount), listsOf(items, users, itemCount)]
    : [undefined, undefined]
  // Features: who, what they met, and the day.
  const userRows = described(userCount, met[0], itemCount)
  const itemRows = described(itemCount, met[1], userCount)
  const dayFeature = userCount + (options.history ? itemCount : 0)
  for (const [index, key] of userDays.entries()) {
    const user = Math.floor(key / daysMost)
    userRows.push({ features: [...userRows[user]!.features, [dayFeature + index, 1]] })
  }
  const groups = (own: number, history: number, days: number): Uint32Array =>
    Uint32Array.from({ length: own + history + days }, (_, feature) =>
      feature < own ? 0 : feature < own + history ? 1 : 2,
    )
  const [userHistory, itemHistory] = options.history ? [itemCount, userCount] : [0, 0]
  return {
    rows,
    relations: [
      relationOf(
        Uint32Array.from(users, (user, rating) => userRowOf(rows, user, ratings.times[rating]!)),
        userRows,
        groups(userCount, userHistory, userDays.length),
      ),
      relationOf(Uint32Array.from(items), itemRows, groups(itemCount, itemHistory, 0)),
    ],
  }
}

interface Counts {
  readonly userCount: number
  readonly itemCount: number
}

const daysMost = 65_536
const daySeconds = 86_400

/** The row of the user on that day, or of the user alone where nothing was rated then. */
export function userRowOf({ userCount, userDays }: RowIndex, user: number, time: number): number {
  const key = keyOf(user, time)
  let [low, high] = [0, userDays.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (userDays[middle]! < key) low = middle + 1
    else high = middle
  }
  return userDays[low] === key ? userCount + low : user
}

const keyOf = (user: number, time: number): number =>
  user * daysMost + (Math.floor(time / daySeconds) % daysMost)

function daysOf({ users, times }: Ratings): Float64Array {
  const keys = new Set(users)
  const days = new Set<number>()
  for (const [rating, user] of users.entries()) {
    if (keys.has(user) && times[rating]! > 0) days.add(keyOf(user, times[rating]!))
  }
  return Float64Array.from(days).sort()
}

/** What each met, in the order of the ratings. */
function listsOf(of: Uint32Array, met: Uint32Array, count: number): readonly number[][] {
  const lists: number[][] = Array.from({ length: count }, () => [])
  for (const [rating, one] of of.entries()) lists[one]!.push(met[rating]!)
  return lists
}

/** A row each for `count` of them: who, and what they met, 1 / √n each. */
function described(
  count: number,
  lists: readonly (readonly number[])[] | undefined,
  metCount: number,
): RelationRow[] {
  return Array.from({ length: count }, (_, own) => {
    const met = lists?.[own] ?? []
    const share = 1 / Math.sqrt(met.length)
    const history = met.map((other) => [count + (other % metCount), share] as const)
    return { features: [[own, 1] as const, ...history] }
  })
}

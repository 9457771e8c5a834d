import type { Timestamp } from '../events/clock.ts'
import { positiveSignal, type Signals } from '../events/signals.ts'
import type { TagColumn } from './catalogue/catalogue.ts'
import type { History } from './projections/history.ts'
import { opinionsOf } from './projections/opinions.ts'
import type { Ordinal } from './projections/projection.ts'
import { regardOf, type Verdicts } from './projections/verdicts.ts'

/** What a user did, in numbers, and what that says of them. */
export interface Portrait {
  /** Deeds that are remembered one by one. */
  readonly actions: number
  readonly likes: number
  readonly ratings: number
  readonly average?: number
  readonly highest?: number
  readonly lowest?: number
  /** The earliest thing that is remembered. */
  readonly since?: Timestamp
  /** Of the values acted on most, the most first; `tasteCountMax` at most. */
  readonly tastes: readonly Taste[]
}

/** One tag of the items that a user acted on. */
export interface Taste {
  readonly value: string
  /** Items that have it. */
  readonly count: number
  /** Of them, the share that the user liked: 0 to 1. */
  readonly likedShare: number
  /** Of the user's ratings of them, where there are any. */
  readonly average?: number
}

export interface Sitter {
  readonly history: History
  readonly verdicts: Verdicts
  readonly signals: Signals
  /** The tags that tastes are told by, where the catalogue has such tags. */
  readonly tags: TagColumn | undefined
}

const tasteCountMax = 50

export function portraitOf(sitter: Sitter): Portrait {
  const { history, verdicts } = sitter
  const values: number[] = []
  let likes = 0
  let since = Number.POSITIVE_INFINITY
  for (const { value, liked, at } of verdicts.values()) {
    if (value !== undefined) values.push(value)
    if (liked) likes++
    since = Math.min(since, at)
  }
  for (const { at } of history) since = Math.min(since, at)
  return {
    actions: history.length,
    likes,
    ratings: values.length,
    ...(values.length > 0 && {
      average: meanOf(values),
      highest: values.reduce((a, b) => Math.max(a, b)),
      lowest: values.reduce((a, b) => Math.min(a, b)),
    }),
    ...(since < Number.POSITIVE_INFINITY && { since }),
    tastes: tastesOf(sitter),
  }
}

function tastesOf({ history, verdicts, signals, tags }: Sitter): readonly Taste[] {
  if (tags === undefined) return []
  const liked = new Set<Ordinal>()
  for (const { item } of opinionsOf(history, signals).positives) liked.add(item)
  for (const [item, verdict] of verdicts) {
    // What was said in so many words outweighs what can be read from clicks.
    if (regardOf(verdict, signals) >= positiveSignal) liked.add(item)
    else if (verdict.value !== undefined) liked.delete(item)
  }
  const sums = new Map<number, { count: number; liked: number; values: number[] }>()
  for (const item of new Set([...history.map((deed) => deed.item), ...verdicts.keys()])) {
    const value = verdicts.get(item)?.value
    for (const code of new Set(tags.of(item))) {
      let sum = sums.get(code)
      if (sum === undefined) sums.set(code, (sum = { count: 0, liked: 0, values: [] }))
      sum.count++
      if (liked.has(item)) sum.liked++
      if (value !== undefined) sum.values.push(value)
    }
  }
  const tastes = Array.from(sums, ([code, { count, liked: likedCount, values }]): Taste => {
    const value = tags.names[code]!
    const average = values.length > 0 ? { average: meanOf(values) } : {}
    return { value, count, likedShare: likedCount / count, ...average }
  })
  tastes.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return tastes.slice(0, tasteCountMax)
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

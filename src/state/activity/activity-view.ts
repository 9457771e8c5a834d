import type { Timestamp } from '../../events/clock.ts'
import { grown } from '../../kernel/lists/grown.ts'
import { type SortedLists, sortedLists } from '../../kernel/lists/sorted-lists.ts'
import { packedValues } from '../packed-values.ts'
import type { Ordinal } from '../projections/projection.ts'
import type { State } from '../state.ts'
import { type Activity, activity } from './activity.ts'
import { newestStep } from './cells.ts'
import { packedNewestDay, packedSum } from './packed-activity.ts'
import { resolutions, type Window, windowOf } from './resolutions.ts'

/** What was done of late with the items that anything was done with, in memory. */
export interface ActivityView {
  /** Rises with every deed. */
  readonly version: number

  /** Items that something was done with within the longest window, and a few more. */
  readonly size: number

  of(item: Ordinal): Activity | undefined

  /** What was done with the item in the window, by what each kind is worth (see `weightsOf`). */
  sum(item: Ordinal, window: Window, weights: ArrayLike<number>): number

  /**
   * The same of the last `hours` before a moment, kept by item until something is done with it or
   * the window moves on: for what every request asks of hundreds of items.
   */
  lately(hours: number, weights: ArrayLike<number>): (at: Timestamp) => SumsOfLate

  /** The active items, ascending: a copy, which others may go through at their leisure. */
  items(): Uint32Array

  /** Lets go of an item where nothing of it reaches into the longest window before `at`. */
  forget(item: Ordinal, at: Timestamp): boolean
}

/** Sums over one window. */
export interface SumsOfLate {
  readonly window: Window
  of(item: Ordinal): number
}

const members = 0

/** The level that reaches back the longest. */
const days = 2

/**
 * Reads what the last checkpoint held, and is kept fresh by every fold from then on. To be awaited
 * before the next event is folded. What was over at `at` already is not held; what is over later is
 * let go by whoever goes through the items and finds it so.
 */
export async function activityView(
  state: Pick<State, 'ordinals' | 'scan' | 'watch'>,
  at: Timestamp,
): Promise<ActivityView> {
  const held = packedValues(activity)
  let size = 0
  const order: SortedLists = sortedLists()
  /** Sums that are kept, for each who asks: by item, NaN where one has to be worked out. */
  const kept: { sums: Float64Array }[] = []
  let version = 0

  const active: Ordinal[] = []
  for await (const [key, value] of state.scan(activity)) {
    if (isOver(newestStep(value[days]), at)) continue
    const item = state.ordinals.of(key)!
    held.put(item, value)
    active.push(item)
  }
  size = active.length
  order.fill(members, Uint32Array.from(active).sort())

  state.watch(activity, (key, value) => {
    if (value === undefined) return
    const item = state.ordinals.of(key)!
    version++
    for (const { sums } of kept) if (item < sums.length) sums[item] = Number.NaN
    if (!held.has(item)) {
      order.add(members, item)
      size++
    }
    held.put(item, value)
  })

  const sum: ActivityView['sum'] = (item, window, weights) =>
    packedSum(held.words(item), window, weights)

  const lately: ActivityView['lately'] = (hours, weights) => {
    const own = { sums: new Float64Array(0) }
    kept.push(own)
    let first = Number.NaN
    return (at) => {
      const window = windowOf(at, hours)
      // Ends are as far apart as they ever are: where the first is the same, so is the last.
      if (window.from !== first) own.sums.fill(Number.NaN)
      first = window.from
      return {
        window,
        of(item) {
          const known = own.sums[item] ?? Number.NaN
          if (!Number.isNaN(known)) return known
          own.sums = grown(own.sums, item + 1, Number.NaN)
          own.sums[item] = sum(item, window, weights)
          return own.sums[item]!
        },
      }
    }
  }

  return {
    get version() {
      return version
    },
    get size() {
      return size
    },
    of(item) {
      const words = held.words(item)
      if (words.length === 0) return undefined
      return activity.decode(new Uint8Array(words.buffer, words.byteOffset, words.byteLength))
    },
    sum,
    lately,
    items: () => order.read(members).slice(),
    forget(item, moment) {
      if (!held.has(item) || !isOver(packedNewestDay(held.words(item)), moment)) return false
      held.put(item, undefined)
      size--
      for (const { sums } of kept) if (item < sums.length) sums[item] = Number.NaN
      order.remove(members, item)
      return true
    },
  }
}

function isOver(newestDay: number, at: Timestamp): boolean {
  const { stepMs, span } = resolutions[days]
  return newestDay <= Math.floor(at / stepMs) - span
}

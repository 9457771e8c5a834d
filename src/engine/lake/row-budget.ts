import type { Clock } from '../../events/clock.ts'

/** So many rows a second in the long run, and more at once after a rest. */
export interface RowBudget {
  /** Takes them, or tells that there is no room. */
  take(rows: number): boolean
}

export function rowBudget(clock: Clock, perSecond: number, atOnce: number): RowBudget {
  let left = atOnce
  let since = clock.now()
  return {
    take(rows) {
      const now = clock.now()
      left = Math.min(atOnce, left + (perSecond * Math.max(0, now - since)) / 1_000)
      since = now
      if (rows > left) return false
      left -= rows
      return true
    },
  }
}

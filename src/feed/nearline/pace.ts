import type { Timestamp } from '../../events/clock.ts'

/** So many in a second, and no more: a bucket that fills with time, up to one second's worth. */
export interface Pace {
  isFree(now: Timestamp): boolean
  take(): void
  /** How long until one more is free. */
  waitMs(now: Timestamp): number
}

export function paceOf(perSecond: () => number): Pace {
  let left: number | undefined
  let at = 0

  const fill = (now: Timestamp): number => {
    const rate = perSecond()
    const before = left ?? rate
    left = Math.min(Math.max(1, rate), before + (Math.max(0, now - at) * rate) / 1_000)
    if (rate === 0) left = 0
    at = now
    return left
  }

  return {
    isFree: (now) => fill(now) >= 1 - rounding,
    take() {
      left = (left ?? perSecond()) - 1
    },
    waitMs(now) {
      const missing = 1 - fill(now)
      if (missing <= rounding) return 0
      return Math.ceil((missing * 1_000) / Math.max(perSecond(), 1e-3) - rounding)
    },
  }
}

/** Ten times a tenth is one, whatever binary fractions say. */
const rounding = 1e-6

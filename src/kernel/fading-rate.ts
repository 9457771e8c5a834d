import { addDecayed, decayedAt } from './decay.ts'

/** How often something happens lately: what lies one half-life back counts half. */
export interface FadingRate {
  add(count: number, nowMs: number): void
  /** Counts what happened evenly over a stretch of time, and is learned only at its end. */
  spread(count: number, fromMs: number, toMs: number): void
  perSecond(nowMs: number): number
}

/** Counts from `startMs` on: before it nothing is known, or held against the rate. */
export function fadingRate(startMs: number, halfLifeMs: number): FadingRate {
  let sum = 0
  // Times are counted from the start, a half-life early: 0 is taken, it means "nothing yet".
  const elapsed = (nowMs: number): number => Math.max(0, nowMs - startMs) + halfLifeMs
  const add = (count: number, nowMs: number): void => {
    if (count > 0) sum = addDecayed(sum, count, elapsed(nowMs), halfLifeMs)
  }
  return {
    add,
    spread(count, fromMs, toMs) {
      const halfLives = (toMs - fromMs) / halfLifeMs
      // What is left of it at the end: the mean of 2^-t over the stretch.
      const share = halfLives > 0 ? (1 - 2 ** -halfLives) / (halfLives * Math.LN2) : 1
      add(count * share, toMs)
    },
    perSecond(nowMs) {
      // What a rate of 1 per ms would have come to by now.
      const sinceStart = Math.max(1, nowMs - startMs)
      const unit = (halfLifeMs / Math.LN2) * (1 - 2 ** (-sinceStart / halfLifeMs))
      return (decayedAt(sum, elapsed(nowMs), halfLifeMs) / unit) * 1_000
    },
  }
}

import type { Timestamp } from '../../events/clock.ts'

/** How finely deeds are counted, and how far back. */
export interface Resolution {
  readonly stepMs: number
  /** The longest stretch of time that can be told, from now back. */
  readonly hoursMax: number
  /**
   * Steps kept: those of the stretch, the running one, and what clients may be ahead of our clock.
   */
  readonly span: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

/** Actions may be told as much as this before they happen. */
const aheadMs = 10 * minuteMs

/** Three hours by five minutes, two days by the hour, thirty days by the day. */
export const resolutions: readonly [Resolution, Resolution, Resolution] = [
  resolution(5 * minuteMs, 3),
  resolution(hourMs, 48),
  resolution(dayMs, 30 * 24),
]

/** The longest window there is. */
export const windowHoursMax = resolutions[2].hoursMax

/** The shortest window there is: one step of the finest resolution. */
export const windowHoursMin = resolutions[0].stepMs / hourMs

function resolution(stepMs: number, hoursMax: number): Resolution {
  return { stepMs, hoursMax, span: (hoursMax * hourMs) / stepMs + 1 + Math.ceil(aheadMs / stepMs) }
}

/** A window of time in steps of one resolution, both ends included. */
export interface Window {
  /** Which of `resolutions`. */
  readonly level: 0 | 1 | 2
  readonly from: number
  readonly to: number
  /** The time from its beginning to the moment asked, or its whole length for one that is over. */
  readonly hours: number
}

/**
 * The last `hours` before a moment: the running step and as many whole ones before it as the hours
 * need. So nothing of the last `hours` is ever left out, and at most one step more is in.
 *
 * With `back`, the windows of the same whole steps before it: 1 is the one just before, and so on.
 * All of them are of one resolution, the finest that reaches back through `back` windows.
 */
export function windowOf(at: Timestamp, hours: number, back = 0, reach = back): Window {
  const level = levelOf(hours * (reach + 1))
  const { stepMs } = resolutions[level]
  const running = Math.floor(at / stepMs)
  const count = Math.ceil((hours * hourMs) / stepMs - rounding)
  if (back === 0) {
    const from = running - count
    return { level, from, to: running, hours: (at - from * stepMs) / hourMs }
  }
  const to = running - count * back - 1
  return { level, from: to - count + 1, to, hours: (count * stepMs) / hourMs }
}

/** Five minutes are one step, whatever binary fractions make of a twelfth of an hour. */
const rounding = 1e-9

function levelOf(hours: number): 0 | 1 | 2 {
  if (hours <= resolutions[0].hoursMax + rounding) return 0
  return hours <= resolutions[1].hoursMax + rounding ? 1 : 2
}

import type { Timestamp } from '../../events/clock.ts'

/** A Monday at midnight UTC: so days, weeks and hours begin where a calendar has them. */
const firstMonday = 345_600_000

/** The number of the step that holds a moment. */
export function stepOf(at: Timestamp, stepMs: number): number {
  return Math.floor((at - firstMonday) / stepMs)
}

export function beginOf(step: number, stepMs: number): Timestamp {
  return step * stepMs + firstMonday
}

/** The same number as SQL, a DOUBLE. */
export function stepSql(stepMs: number): string {
  return `floor((epoch_ms(f."at") - ${firstMonday}) / ${stepMs})`
}

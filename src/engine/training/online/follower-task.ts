import type { Offset } from '../../../events/log/event-log.ts'

/** What is kept up, and how. What it comes to follows from this, the log and what was logged. */
export interface FollowerTask {
  readonly name: string
  readonly version: number
  /** How long after the first deed on it a row is learned. */
  readonly delayMs: number
  /** How far the feed's own ranker moves with a row; others say it themselves. */
  readonly rate: number
  /** Where somebody was last erased, if anybody was: what they did before is not learned. */
  readonly erasedAt: Offset | undefined
}

/** The same text is the same task. */
export function told({ name, version, delayMs, rate, erasedAt }: FollowerTask): string {
  return JSON.stringify([name, version, delayMs, rate, erasedAt ?? null])
}

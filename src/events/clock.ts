/** Milliseconds since the Unix epoch. */
export type Timestamp = number

/** The only source of time. Tests, training and replays bring their own. */
export interface Clock {
  now(): Timestamp
}

export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands still until it is told otherwise. */
export interface ManualClock extends Clock {
  advance(durationMs: number): void
  set(at: Timestamp): void
}

export function manualClock(startsAt: Timestamp): ManualClock {
  let at = startsAt
  return {
    now: () => at,
    advance: (durationMs) => {
      at += durationMs
    },
    set: (to) => {
      at = to
    },
  }
}

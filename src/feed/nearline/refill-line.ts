import type { Timestamp } from '../../events/clock.ts'
import type { Offset } from '../../events/log/event-log.ts'
import type { FeedKey } from '../queue/feed-queue.ts'

/** A feed that is to be filled, and why. */
export interface Refill {
  readonly key: FeedKey
  /** The oldest event that asks for it, and the newest. */
  readonly oldest: Offset
  readonly newest: Offset
  /** When the user did the first thing that what waits knows nothing of. */
  readonly deedAt?: Timestamp
}

/** How a run ended. */
export interface Outcome {
  /** It knew every event before this place. */
  readonly through?: Offset
  /** It wants to come again then, and no sooner. */
  readonly againInMs?: number
}

export interface RefillLineOptions {
  /** How many feeds may wait at once. */
  readonly countMax: () => number
  /** Time between two runs for one feed. */
  readonly minIntervalMs: () => number
}

/**
 * Feeds on their way to be filled, each at most once: whatever asks for one that waits already is
 * answered by the same run, and what asks during a run, or soon after it, by exactly one more.
 */
export class RefillLine {
  readonly #options: RefillLineOptions
  /** In the order in which they were asked for. */
  readonly #ready = new Map<string, Refill>()
  /** What may not run yet, by name; and feeds that ran a moment ago, which are asked for or not. */
  readonly #resting = new Map<string, { readonly until: Timestamp; refill: Refill | undefined }>()
  /** What runs, and what was asked for meanwhile. */
  readonly #running = new Map<string, { readonly refill: Refill; again: Refill | undefined }>()
  #dropped = 0

  constructor(options: RefillLineOptions) {
    this.#options = options
  }

  /** Feeds that wait for their run. */
  get waiting(): number {
    let count = this.#ready.size
    for (const { refill } of this.#resting.values()) if (refill !== undefined) count++
    return count
  }

  get running(): number {
    return this.#running.size
  }

  /** How many were turned away because too many waited. */
  get dropped(): number {
    return this.#dropped
  }

  /** The oldest event that nothing has answered yet. */
  get oldest(): Offset | undefined {
    let oldest = Number.POSITIVE_INFINITY
    const meet = (refill: Refill | undefined): void => {
      if (refill !== undefined && refill.oldest < oldest) oldest = refill.oldest
    }
    for (const refill of this.#ready.values()) meet(refill)
    for (const { refill } of this.#resting.values()) meet(refill)
    for (const { refill, again } of this.#running.values()) {
      meet(refill)
      meet(again)
    }
    return oldest === Number.POSITIVE_INFINITY ? undefined : oldest
  }

  ask(refill: Refill): void {
    const name = nameOf(refill.key)
    const running = this.#running.get(name)
    const resting = this.#resting.get(name)
    const ready = this.#ready.get(name)
    if (running !== undefined) running.again = joined(running.again, refill)
    else if (resting !== undefined) resting.refill = joined(resting.refill, refill)
    // A name keeps its place in a map when it gets another value.
    else if (ready !== undefined) this.#ready.set(name, joined(ready, refill))
    else if (this.#ready.size + this.#resting.size >= this.#options.countMax()) this.#dropped++
    else this.#ready.set(name, refill)
  }

  /** The next feed that may run now; it runs until `done` is told. */
  next(now: Timestamp): Refill | undefined {
    this.#wake(now)
    for (const [name, refill] of this.#ready) {
      this.#ready.delete(name)
      this.#running.set(name, { refill, again: undefined })
      return refill
    }
    return undefined
  }

  /** The run is over. Returns what was asked for meanwhile and is answered by it as well. */
  done({ key }: Refill, now: Timestamp, outcome: Outcome = {}): Refill | undefined {
    const { through = 0, againInMs } = outcome
    const name = nameOf(key)
    const asked = this.#running.get(name)?.again
    this.#running.delete(name)
    const isAnswered = asked !== undefined && asked.newest < through
    let refill = isAnswered ? undefined : asked
    if (againInMs !== undefined) refill = joined(refill, { key, oldest: through, newest: through })
    const until = now + Math.max(this.#options.minIntervalMs(), againInMs ?? 0)
    if (until > now) this.#resting.set(name, { until, refill })
    else if (refill !== undefined) this.#ready.set(name, refill)
    return isAnswered ? asked : undefined
  }

  /** When the next one may run, where none may now. */
  dueAt(now: Timestamp): Timestamp | undefined {
    this.#wake(now)
    if (this.#ready.size > 0) return now
    let due: Timestamp | undefined
    for (const { until, refill } of this.#resting.values()) {
      if (refill !== undefined && (due === undefined || until < due)) due = until
    }
    return due
  }

  /** Those who have rested line up; those whom nobody asked for are forgotten. */
  #wake(now: Timestamp): void {
    for (const [name, { until, refill }] of this.#resting) {
      if (until > now) continue
      this.#resting.delete(name)
      if (refill !== undefined) this.#ready.set(name, refill)
    }
  }
}

function nameOf({ user, scene, channel }: FeedKey): string {
  return JSON.stringify([user, scene, channel])
}

/** Two wishes as one: as old as the older. */
function joined(one: Refill | undefined, other: Refill): Refill {
  if (one === undefined) return other
  const deedAt = Math.min(
    one.deedAt ?? Number.POSITIVE_INFINITY,
    other.deedAt ?? Number.POSITIVE_INFINITY,
  )
  return {
    key: one.key,
    oldest: Math.min(one.oldest, other.oldest),
    newest: Math.max(one.newest, other.newest),
    ...(deedAt !== Number.POSITIVE_INFINITY && { deedAt }),
  }
}

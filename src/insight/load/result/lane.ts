import { type Histogram, histogram } from '../../../kernel/statistics/histogram.ts'

/**
 * What became of one kind of request. Latencies are in microseconds, from the moment it was meant
 * to be sent: who waits for a slow answer does not hide how long the next one would have waited
 * (coordinated omission, Gil Tene). What failed or was never sent counts with the time that it was
 * waited for.
 */
export interface Lane {
  readonly latency: Histogram
  /** The same, since it was last cleared: for the picture of latency over time. */
  readonly recent: Histogram
  readonly failures: ReadonlyMap<string, number>
  /** Answers that came while it was measured: what the achieved rate is counted by. */
  readonly inTime: number
  answered(meantMs: number, nowMs: number): void
  failed(meantMs: number, nowMs: number, reason: string): void
}

/** What is measured: requests that were meant to be sent from the one moment to the other. */
export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

export function openLane(span: () => Span): Lane {
  const [latency, recent] = [histogram(), histogram()]
  const failures = new Map<string, number>()
  let inTime = 0
  const record = (meantMs: number, nowMs: number): boolean => {
    const { fromMs, toMs } = span()
    const latencyUs = (nowMs - meantMs) * 1_000
    recent.record(latencyUs)
    if (meantMs < fromMs || meantMs > toMs) return false
    latency.record(latencyUs)
    return true
  }
  return {
    ...{ latency, recent, failures },
    get inTime() {
      return inTime
    },
    answered(meantMs, nowMs) {
      record(meantMs, nowMs)
      const { fromMs, toMs } = span()
      if (nowMs >= fromMs && nowMs <= toMs) inTime++
    },
    failed(meantMs, nowMs, reason) {
      if (record(meantMs, nowMs)) failures.set(reason, (failures.get(reason) ?? 0) + 1)
    },
  }
}

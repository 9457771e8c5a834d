import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { LoopDelay } from './job.ts'

/** Measures how late this thread's timers are, from now until it is stopped. */
export interface LoopWatch {
  now(): LoopDelay
  stop(): LoopDelay
}

const resolutionMs = 10
const nsPerMs = 1e6

export function watchLoop(): LoopWatch {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs })
  histogram.enable()
  const now = (): LoopDelay => {
    // The timer itself comes every so many ms: only what goes beyond is a delay.
    const ms = (ns: number): number =>
      Math.round(Math.max(0, ns / nsPerMs - resolutionMs) * 100) / 100
    const at = (share: number): number =>
      histogram.count === 0 ? 0 : ms(histogram.percentile(share))
    const maxMs = histogram.count === 0 ? 0 : ms(histogram.max)
    return { sampleCount: histogram.count, p50Ms: at(50), p90Ms: at(90), p99Ms: at(99), maxMs }
  }
  return {
    now,
    stop() {
      histogram.disable()
      return now()
    },
  }
}

import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { OwnGauge } from '../../insight/load/run-load.ts'

const resolutionMs = 5

/** What this process costs, and how late its event loop is. */
export function ownGauge(): OwnGauge {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs })
  delay.enable()
  return {
    now() {
      const { user, system } = process.cpuUsage()
      return { cpuSeconds: (user + system) / 1e6, residentBytes: process.memoryUsage.rss() }
    },
    takeLagP99Ms() {
      // The delay counts the interval of its own timer.
      const lagMs = Math.max(0, delay.percentile(99) / 1e6 - resolutionMs)
      delay.reset()
      return lagMs
    },
  }
}

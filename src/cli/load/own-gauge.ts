import type { Gauge } from '../../insight/load/transport.ts'

/** What this process has cost so far. */
export function ownGauge(): Gauge {
  const { user, system } = process.cpuUsage()
  return { cpuSeconds: (user + system) / 1e6, residentBytes: process.memoryUsage.rss() }
}

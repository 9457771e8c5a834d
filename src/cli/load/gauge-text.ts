import type { Gauge } from '../../insight/load/transport.ts'

/** What a process has cost so far, by its metrics; undefined where it does not tell. */
export function gaugeIn(metrics: string): Gauge | undefined {
  const cpuSeconds = figureOf('process_cpu_seconds_total', metrics)
  const residentBytes = figureOf('process_resident_memory_bytes', metrics)
  if (cpuSeconds === undefined || residentBytes === undefined) return undefined
  return { cpuSeconds, residentBytes }
}

function figureOf(name: string, metrics: string): number | undefined {
  const found = new RegExp(`^${name} ([\\d.e+-]+)`, 'm').exec(metrics)
  return found === null ? undefined : Number(found[1])
}

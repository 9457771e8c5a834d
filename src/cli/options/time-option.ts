import { invalid } from '../../error.ts'
import type { Timestamp } from '../../events/clock.ts'
import type { Call } from '../command.ts'

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

const example = 'a number of seconds, minutes, hours, days or weeks such as 90s, 30m, 1h, 7d or 4w'

/** A duration of the command line: `30m`, `7d`. */
export function durationOption(values: Call['values'], name: string): number | undefined {
  const told = values[name]
  if (told === undefined) return undefined
  const durationMs = durationOf(String(told))
  if (durationMs !== undefined) return durationMs
  throw invalid(name, `${told} must be ${example}`)
}

/** A moment of the command line: a duration before now, or a date and time. */
export function momentOption(
  values: Call['values'],
  name: string,
  now: Timestamp,
): Timestamp | undefined {
  const told = values[name]
  if (told === undefined) return undefined
  const back = durationOf(String(told))
  if (back !== undefined) return Math.max(0, now - back)
  // What is no ISO date would be read by the machine's own customs.
  const at = /^\d{4}-\d\d-\d\d/.test(String(told)) ? Date.parse(String(told)) : Number.NaN
  if (!Number.isNaN(at)) return at
  throw invalid(name, `${told} must be ${example}, or a time such as 2026-07-01T12:00:00Z`)
}

function durationOf(text: string): number | undefined {
  const match = /^(\d{1,6}(?:\.\d+)?)([smhdw])$/.exec(text)
  return match ? Math.round(Number(match[1]) * units[match[2] as keyof typeof units]) : undefined
}

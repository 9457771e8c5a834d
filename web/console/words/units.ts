/** Numbers as they are read in a column: short, and each unit in its own way. */
import type { Unit } from '../state/api.ts'

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
const precise = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })
const bytesShort = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })

/** What stands where there is no number. */
export const absent = '–'

export function inUnit(value: number | undefined, unit: Unit): string {
  if (value === undefined || !Number.isFinite(value)) return absent
  switch (unit) {
    case 'count':
      return whole(value)
    case 'share':
      return share(value)
    case 'ms':
      return span(value)
    case 'seconds':
      return span(value * 1_000)
    default:
      return precise.format(value)
  }
}

/** "1,234", "56.7K", "8.1M"; below ten with a digit more where it is not whole. */
export function whole(value: number): string {
  const size = Math.abs(value)
  if (size >= 10_000) return compact.format(value)
  return Number.isInteger(value) || size >= 100 ? grouped.format(value) : precise.format(value)
}

/** "12.3 %": three digits at most. */
export const share = (value: number): string => `${precise.format(value * 100)} %`

/** "0.4 ms", "310 ms", "2.5 s", "3 min", "4.2 h", "6 d". */
export function span(ms: number): string {
  const size = Math.abs(ms)
  if (size < 1_000) return `${precise.format(ms)} ms`
  if (size < 60_000) return `${precise.format(ms / 1_000)} s`
  if (size < 3_600_000) return `${precise.format(ms / 60_000)} min`
  if (size < 172_800_000) return `${precise.format(ms / 3_600_000)} h`
  return `${precise.format(ms / 86_400_000)} d`
}

/** "0 B", "31.4 kB", "2 GB". */
export function size(bytes: number): string {
  const steps = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = Math.min(steps.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  return `${bytesShort.format(bytes / 1_000 ** step)} ${steps[step]}`
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const clockFine = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

/** A tick of a time axis: as much of a moment (ms) as ticks so far apart need. */
export function tick(at: number, apartMs: number): string {
  const moment = new Date(at)
  if (apartMs >= 86_400_000) return day.format(moment)
  if (apartMs < 60_000) return clockFine.format(moment)
  return moment.getHours() + moment.getMinutes() === 0 ? day.format(moment) : clock.format(moment)
}

/** "22 Nov 2026, 14:03:20". */
export const moment = (at: number): string => full.format(new Date(at))
export const timeOfDay = (at: number): string => clockFine.format(new Date(at))
export const dayOf = (at: number): string => day.format(new Date(at))

import { invalid } from '../error.ts'
import type { Timestamp } from './clock.ts'
import { brief } from './decode-field.ts'

/** The span of times that a four-digit year can write: 0001-01-01 up to 9999-12-31. */
const firstTime = -62_135_596_800_000
const lastTime = 253_402_300_799_999

const firstAction = Date.UTC(1990, 0, 1)
const lastActionAheadMs = 10 * 60_000

// A number that is about now in one of these was hardly meant as milliseconds.
const guessAheadMs = 10 * 366 * 86_400_000
const otherUnits = [
  ['seconds', 1000, 'multiply by 1000'],
  ['microseconds', 1e-3, 'divide by 1000'],
  ['nanoseconds', 1e-6, 'divide by 1000000'],
] as const

const isoPattern = /^\d{4}-\d\d-(\d\d)(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/

/**
 * The moment that an ISO 8601 text names, or `undefined`. A date alone is midnight in UTC; a time
 * of day needs its zone, because without one every machine would read another moment.
 */
export function parseIsoTime(text: string): Timestamp | undefined {
  const match = isoPattern.exec(text)
  if (match === null) return undefined
  const at = Date.parse(text)
  if (!(at >= firstTime && at <= lastTime)) return undefined
  const day = Number(match[1])
  return day <= 28 || day <= daysInMonth(text) ? at : undefined
}

/** True for a full date-time with its zone: what a plain JSON string needs to become a time. */
export function isDateTime(text: string): boolean {
  return text.charAt(10) === 'T' && text.length < 40 && parseIsoTime(text) !== undefined
}

/** When an action happened: from 1990 to ten minutes ahead of our clock. */
export function actionTimeOf(field: string, raw: unknown, now: Timestamp): Timestamp {
  const at = momentOf(field, raw, now)
  if (at >= firstAction && at <= now + lastActionAheadMs) return at
  if (at < firstAction) throw invalid(field, `${brief(raw)} lies before 1990-01-01`)
  throw invalid(field, `${brief(raw)} lies more than 10 minutes in the future`)
}

/** A time of the catalogue, past or future, as far as a four-digit year reaches. */
export function catalogueTimeOf(field: string, raw: unknown, now: Timestamp): Timestamp {
  return momentOf(field, raw, now)
}

function momentOf(field: string, raw: unknown, now: Timestamp): Timestamp {
  if (typeof raw === 'string') {
    const at = parseIsoTime(raw)
    if (at !== undefined) return at
    const hint = 'must be an ISO 8601 time with its zone, such as "2024-05-01T12:00:00Z"'
    throw invalid(field, `${brief(raw)} ${hint}`)
  }
  if (typeof raw !== 'number') {
    throw invalid(field, `${brief(raw)} must be an ISO 8601 string or a number of milliseconds`)
  }
  refuseOtherUnits(field, raw, now)
  if (!(raw >= firstTime && raw <= lastTime)) {
    throw invalid(field, `${raw} must be >= ${firstTime} and <= ${lastTime} milliseconds`)
  }
  // Clocks of other languages give fractions of a millisecond; ours counts whole ones. The sum
  // makes 0 of -0, which no text could tell apart.
  return Math.trunc(raw) + 0
}

/** As milliseconds these name January 1970 or a far future; in another unit, about now. */
function refuseOtherUnits(field: string, raw: number, now: Timestamp): void {
  for (const [unit, toMs, remedy] of otherUnits) {
    const at = raw * toMs
    if (at >= firstAction && at <= now + guessAheadMs) {
      throw invalid(field, `${raw} looks like ${unit}; it must be milliseconds: ${remedy}`)
    }
  }
}

function daysInMonth(isoText: string): number {
  const [year, month] = [Number(isoText.slice(0, 4)), Number(isoText.slice(5, 7))]
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

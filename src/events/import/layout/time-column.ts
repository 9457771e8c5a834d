import type { Timestamp } from '../../clock.ts'
import { parseIsoTime } from '../../decode-time.ts'
import type { Cell } from '../table/table.ts'

/** How a column writes its times. */
export type TimeUnit = 'seconds' | 'milliseconds' | 'microseconds' | 'nanoseconds' | 'text'

const msPerUnit = { seconds: 1000, milliseconds: 1, microseconds: 1e-3, nanoseconds: 1e-6 } as const

/** From 1990 on, the magnitudes of the four numeric units do not overlap until the year 5138. */
const first = Date.UTC(1990, 0, 1)
const unitsByLeast = [
  ['nanoseconds', first * 1e6],
  ['microseconds', first * 1e3],
  ['milliseconds', first],
  ['seconds', first / 1000],
] as const

const plainDateTime = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d/

/** The unit that a cell is written in, or `undefined` where it is no time since 1990. */
export function unitOf(cell: Cell): TimeUnit | undefined {
  const number = numberOf(cell)
  if (number === undefined) return textTime(cell) === undefined ? undefined : 'text'
  for (const [unit, least] of unitsByLeast) if (number >= least) return unit
  return undefined
}

/** The moment that a cell names in the unit of its column; `undefined` where it names none. */
export function readTime(cell: Cell, unit: TimeUnit): Timestamp | undefined {
  if (unit === 'text') return textTime(cell)
  const number = numberOf(cell)
  return number === undefined ? undefined : Math.trunc(number * msPerUnit[unit])
}

function numberOf(cell: Cell): number | undefined {
  if (typeof cell === 'number') return cell
  if (typeof cell !== 'string' || !/^\s*[-+]?\d+(\.\d*)?(e[-+]?\d+)?\s*$/i.test(cell))
    return undefined
  return Number(cell)
}

/** Databases write "2024-05-01 12:00:00": a time without a zone is taken as UTC. */
function textTime(cell: Cell): Timestamp | undefined {
  if (typeof cell !== 'string') return undefined
  const text = cell.trim()
  if (!plainDateTime.test(text)) return parseIsoTime(text)
  const iso = text.replace(' ', 'T').replace(/ ?UTC$/, 'Z')
  return parseIsoTime(/(Z|[+-]\d\d:\d\d)$/.test(iso) ? iso : `${iso}Z`)
}

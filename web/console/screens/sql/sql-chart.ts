import type { Lines } from '../../chart/series.ts'
import { numberOf, sliceKey, sliceName } from '../../chart/series.ts'

interface Table {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly unknown[])[]
}

const linesMax = 8
const timesMax = 5_000
const isTime = (type: string): boolean => /^(TIMESTAMP|DATE)/i.test(type)
const isNumber = (type: string): boolean =>
  /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DOUBLE|FLOAT|REAL|DECIMAL|NUMERIC)/i.test(type)

export const isNumeric = (type: string): boolean => isNumber(type) && !type.endsWith('[]')

/**
 * The lines that a table can be drawn as: over its first time, one per number; where there is one
 * number and a text beside it, one per text. Undefined where it is no such table.
 */
export function linesOfTable({ columns, rows }: Table): Lines | undefined {
  const time = columns.findIndex(({ type }) => isTime(type))
  const numbers = columns.flatMap(({ type }, place) => (isNumeric(type) ? [place] : []))
  const text = columns.findIndex(
    ({ type }) => /^(VARCHAR|ENUM)/i.test(type) && !type.endsWith('[]'),
  )
  const [number] = numbers
  if (time < 0 || number === undefined || rows.length < 2) return undefined
  const timed = rows
    .map((row) => ({ row, at: Date.parse(String(row[time])) }))
    .filter(({ at }) => Number.isFinite(at))
    .sort((one, other) => one.at - other.at)
    .slice(-timesMax)
  const times = [...new Set(timed.map(({ at }) => at))]
  if (times.length < 2) return undefined
  const places = new Map(times.map((at, place) => [at, place]))
  const lines = new Map<string, { name: string; values: (number | null)[] }>()
  const put = (key: readonly string[], at: number, value: unknown): void => {
    const spelled = sliceKey(key)
    const line = lines.get(spelled) ?? { name: sliceName(key), values: times.map(() => null) }
    if (!lines.has(spelled) && lines.size === linesMax) return
    lines.set(spelled, line)
    const place = places.get(at)
    // A number beyond what JSON carries exactly comes as a text.
    if (place !== undefined)
      line.values[place] = numberOf(typeof value === 'string' ? Number(value) : value)
  }
  for (const { row, at } of timed) {
    if (text >= 0 && numbers.length === 1) put([String(row[text] ?? '')], at, row[number])
    else for (const place of numbers) put([columns[place]?.name ?? ''], at, row[place])
  }
  return { times, lines: [...lines].map(([key, line]) => ({ key, ...line })) }
}

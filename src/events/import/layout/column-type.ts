import type { Json } from '../../event.ts'
import type { Cell } from '../table/table.ts'
import { isCodeName, isTagName } from './column-names.ts'
import { readTime } from './time-column.ts'

/** What the texts of a CSV column are, decided over the whole column and not cell by cell. */
export type ColumnType =
  | { readonly type: 'number' | 'boolean' | 'time' | 'text' }
  | { readonly type: 'tags'; readonly separator: string }
  /** JSON as an attribute takes it: a list of words, a vector, a geo point. */
  | { readonly type: 'json' }
  /** JSON lists of words or numbers of any length: the numbers are ids and no vector. */
  | { readonly type: 'json tags' }

/** Counts what the texts of a column could be. */
export interface ColumnProfile {
  see(cell: Cell): void
  conclude(): ColumnType
}

const numberPattern = /^-?(0|[1-9]\d{0,14})(\.\d+)?([eE][-+]?\d{1,3})?$/
const absentMarks = new Set(['', '\\N', 'NULL', 'null', 'NaN', 'nan', 'N/A', 'n/a', 'NA', 'None'])
const separators = ['|', ';', ','] as const

export function columnProfile(name: string): ColumnProfile {
  const counts = { filled: 0, number: 0, boolean: 0, time: 0, list: 0, json: 0 }
  const dimensions = new Set<number>()
  const separated = new Map<string, number>(separators.map((separator) => [separator, 0]))
  return {
    see(cell) {
      if (typeof cell !== 'string' || absentMarks.has(cell)) return
      counts.filled++
      if (numberPattern.test(cell)) counts.number++
      else if (cell === 'true' || cell === 'false') counts.boolean++
      else if (/^\d{4}-\d\d-\d\d/.test(cell) && readTime(cell, 'text') !== undefined) counts.time++
      else {
        const json = parseJson(cell)
        if (isList(json)) counts.list++
        else if (isGeo(json)) counts.json++
        if (isList(json) && typeof json[0] === 'number') dimensions.add(json.length)
      }
      for (const separator of separators) {
        if (cell.includes(separator)) separated.set(separator, separated.get(separator)! + 1)
      }
    },
    conclude() {
      const { filled } = counts
      if (filled === 0) return { type: 'text' }
      if (counts.list === filled) return { type: dimensions.size > 1 ? 'json tags' : 'json' }
      if (counts.json === filled) return { type: 'json' }
      if (isTagName(name)) return { type: 'tags', separator: commonest(separated) }
      if (counts.number === filled) return { type: isCodeName(name) ? 'text' : 'number' }
      if (counts.boolean === filled) return { type: 'boolean' }
      if (counts.time === filled) return { type: 'time' }
      // Prose hardly ever holds bars, and lists of words nearly always do.
      const isBarred = separated.get('|')! >= Math.max(2, filled * 0.3)
      return isBarred ? { type: 'tags', separator: '|' } : { type: 'text' }
    },
  }
}

/** The cell as plain JSON of its column's type; `undefined` where it is absent. */
export function typedCell(cell: Cell, column: ColumnType): Json | undefined {
  if (typeof cell !== 'string') return cell
  if (cell === '' || (column.type !== 'text' && absentMarks.has(cell))) return undefined
  switch (column.type) {
    case 'number':
      return Number(cell)
    case 'boolean':
      return cell === 'true'
    case 'time': {
      const at = readTime(cell, 'text')
      return at === undefined ? { text: cell } : { time: new Date(at).toISOString() }
    }
    case 'json':
      return parseJson(cell)
    case 'json tags': {
      const list = parseJson(cell)
      return { tags: isList(list) ? list.map(String) : [] }
    }
    case 'tags':
      return { tags: splitTags(cell, column.separator) }
    case 'text':
      // The explicit form: the column is text, also where one of its cells looks like a time.
      return { text: cell }
  }
}

/** The words of a cell, without the empty ones. */
export function splitTags(cell: string, separator: string): string[] {
  return cell
    .split(separator)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '')
}

function commonest(counts: ReadonlyMap<string, number>): string {
  let best = '|'
  for (const [separator, count] of counts) if (count > counts.get(best)!) best = separator
  return best
}

/** A list of words alone, or of numbers alone; another one is a text that happens to be JSON. */
function isList(json: Json | undefined): json is readonly (string | number)[] {
  if (!Array.isArray(json)) return false
  const [first] = json
  const isPlain = first === undefined || typeof first === 'string' || typeof first === 'number'
  return isPlain && json.every((entry) => typeof entry === typeof first)
}

function isGeo(json: Json | undefined): boolean {
  return typeof json === 'object' && json !== null && 'latitude' in json && 'longitude' in json
}

function parseJson(cell: string): Json | undefined {
  if (!/^[[{]/.test(cell)) return undefined
  try {
    // What JSON.parse returns is JSON.
    return JSON.parse(cell) as Json
  } catch {
    return undefined
  }
}

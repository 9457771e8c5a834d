import { invalid } from '../../../error.ts'
import { type CsvRecord, parseRecords } from './csv-records.ts'
import { type Delimiter, delimiterNames, detectDelimiter } from './delimiter.ts'
import { readLines } from './lines.ts'
import { faulty, type Row, type Table } from './table.ts'

/** Lines that one quoted cell may cover. Beyond them, its quote is taken as never closed. */
const longestRecord = 1000

const largestWindow = 1024

/**
 * A text table: one header, then a record per row, separated by commas, tabs, semicolons or bars.
 * A record with broken quoting costs its first line and no more: reading goes on at the next.
 * Rejects with `invalid_argument` where the header itself is broken.
 */
export async function openCsvTable(path: string): Promise<Table> {
  const head = await headOf(path)
  const delimiter = detectDelimiter(head)
  const header = parseRecords(head.slice(0, 1), delimiter)
  if (header.failure) throw invalid(path, 'line 1: the quotes of the header do not match')
  const columns = columnNames(header.records[0]?.cells ?? [])
  return {
    path,
    format: `CSV separated by ${delimiterNames[delimiter]}`,
    isTyped: false,
    unit: 'line',
    columns,
    rows: () => readRows(path, delimiter, columns.length),
  }
}

async function headOf(path: string): Promise<readonly string[]> {
  for await (const { lines } of readLines(path)) return lines.slice(0, 50)
  return []
}

/** Names of columns as the header has them; nameless and repeated ones are told apart by place. */
function columnNames(cells: readonly string[]): readonly string[] {
  const names: string[] = []
  for (const cell of cells) {
    const name = cell.trim() || `column ${names.length + 1}`
    names.push(names.includes(name) ? `${name} (${names.length + 1})` : name)
  }
  return names
}

async function* readRows(path: string, delimiter: Delimiter, width: number) {
  const reader = recordReader(delimiter, width)
  for await (const { first, lines } of readLines(path)) {
    const rows = reader.read(first === 1 ? lines.slice(1) : lines, false)
    if (rows.length > 0) yield rows
  }
  const last = reader.read([], true)
  if (last.length > 0) yield last
}

/** Turns lines into rows, holding back a record whose end has not come yet. */
function recordReader(delimiter: Delimiter, width: number) {
  let pending: readonly string[] = []
  let pendingFirst = 2
  let window = largestWindow

  function read(lines: readonly string[], isLast: boolean): readonly Row[] {
    pending = pending.length > 0 ? [...pending, ...lines] : lines
    const rows: Row[] = []
    let from = 0
    while (from < pending.length) {
      const to = Math.min(from + window, pending.length)
      const { records, failure } = parseRecords(pending.slice(from, to), delimiter)
      const broken = keep(records, from, rows) ?? failure
      if (broken === undefined) {
        from = to
        window = Math.min(window * 2, largestWindow)
        continue
      }
      from += broken.start
      const mayGoOn = to < pending.length || !isLast
      if (broken.isUnclosed && mayGoOn && to - from < longestRecord) {
        if (to === pending.length) break
        window = Math.min(Math.max(window, to - from) * 2, largestWindow)
        continue
      }
      rows.push(brokenQuote(pendingFirst + from, pending[from]!))
      from++
      // What follows is parsed again, so a file full of broken quotes must not look far ahead.
      window = Math.max(1, window >> 4)
    }
    pending = pending.slice(from)
    pendingFirst += from
    return rows
  }

  /** Adds the records as rows, up to one of several lines that has not the header's width. */
  function keep(records: readonly CsvRecord[], from: number, rows: Row[]) {
    for (const { start, lineCount, cells } of records) {
      // Spreadsheets leave lines of nothing but delimiters behind.
      if (cells.every((cell) => cell === '')) continue
      const line = pendingFirst + from + start
      if (cells.length === width) rows.push({ line, cells })
      else if (lineCount > 1) return { start, isUnclosed: false }
      else if (cells.length < width && pending[from + start]!.includes('"')) {
        rows.push(brokenQuote(line, pending[from + start]!))
      } else {
        const message = `has ${cells.length} cells where the header has ${width}`
        rows.push(faulty(line, 'wrong number of cells', message, pending[from + start]!))
      }
    }
    return undefined
  }

  return { read }
}

function brokenQuote(line: number, text: string): Row {
  const message =
    'a quote is opened and not closed, or stands inside a cell that has none around it'
  return faulty(line, 'broken quoting', message, text)
}

import { CsvError, parse } from 'csv-parse/sync'

/** One record of a CSV file: its cells, and how many lines it covers. */
export interface CsvRecord {
  /** Index of its first line among those parsed. */
  readonly start: number
  readonly lineCount: number
  readonly cells: readonly string[]
}

export interface CsvParse {
  readonly records: readonly CsvRecord[]
  /** Where the lines stop making sense: the first line of the record that is broken. */
  readonly failure?: { readonly start: number; readonly isUnclosed: boolean }
}

/** Parses whole lines, up to the first record that breaks the rules of quoting (RFC 4180). */
export function parseRecords(lines: readonly string[], delimiter: string): CsvParse {
  const text = lines.join('\n')
  if (!text.includes('"')) {
    const records = lines.map((line, start) => {
      return { start, lineCount: 1, cells: line.split(delimiter) }
    })
    return { records }
  }
  const records: CsvRecord[] = []
  let start = 0
  const collect = (cells: string[], context: { lines: number }): null => {
    records.push({ start, lineCount: context.lines - start, cells })
    start = context.lines
    return null
  }
  try {
    parse(text, {
      delimiter,
      on_record: collect,
      record_delimiter: '\n',
      // Programs that write tabs seldom quote at all: there a quote inside a cell is a character.
      relax_quotes: delimiter === '\t',
      relax_column_count: true,
      max_record_size: 0,
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { records, failure: { start, isUnclosed: error.code === 'CSV_QUOTE_NOT_CLOSED' } }
  }
  return { records }
}

import { readLines } from './lines.ts'
import { type Cell, faulty, firstRows, type Row, type Table } from './table.ts'

/** Objects looked at before the first row is asked for, so that the columns are known by then. */
const rowsLookedAt = 200

/** A JSONL (NDJSON) file: one object per line, each name a column. Blank lines are passed over. */
export async function openJsonlTable(path: string): Promise<Table> {
  const columns: string[] = []
  const places = new Map<string, number>()
  const placeOf = (name: string): number => {
    const known = places.get(name)
    if (known !== undefined) return known
    places.set(name, columns.length)
    return columns.push(name) - 1
  }
  const table: Table = {
    path,
    format: 'JSONL',
    isTyped: true,
    unit: 'line',
    columns,
    async *rows() {
      for await (const { first, lines } of readLines(path)) {
        const rows: Row[] = []
        for (const [index, line] of lines.entries()) {
          if (line.trim() !== '') rows.push(rowOf(first + index, line, placeOf))
        }
        if (rows.length > 0) yield rows
      }
    },
  }
  await firstRows(table, rowsLookedAt)
  return table
}

function rowOf(line: number, text: string, placeOf: (name: string) => number): Row {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    // JSON.parse throws nothing but a SyntaxError, whose message says what it met and where.
    return faulty(line, 'broken JSON', (error as SyntaxError).message, text)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return faulty(line, 'broken JSON', 'must be an object', text)
  }
  const cells: Cell[] = []
  // What JSON.parse returned is JSON.
  for (const [name, cell] of Object.entries(value as Record<string, Cell>)) {
    cells[placeOf(name)] = cell
  }
  return { line, cells }
}

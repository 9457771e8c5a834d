import type { Json } from '../../event.ts'

/** A file seen as rows. Whatever its format, rows come in order and in bounded memory. */
export interface Table {
  readonly path: string

  /** The format in words, such as "CSV separated by semicolons". */
  readonly format: string

  /** True where cells carry their types. In a CSV all are texts, and what they mean is guessed. */
  readonly isTyped: boolean

  /** What a row's number counts, for messages. */
  readonly unit: 'line' | 'row'

  /**
   * Names of the columns, no two alike. A JSONL file tells its columns row by row: there the list
   * grows while rows are read.
   */
  readonly columns: readonly string[]

  /**
   * Yields batches of rows; reads from the start each time it is called. Broken rows come with a
   * fault, in their place. Rejects with `invalid_argument` where the file as a whole is unreadable.
   */
  rows(): AsyncIterable<readonly Row[]>
}

export interface Row {
  /** Its line in the file (a text), or its number (Parquet); from 1. */
  readonly line: number

  /** One cell per column, in their order; the last may lack. Empty where there is a fault. */
  readonly cells: readonly Cell[]

  readonly fault?: Fault
}

/** `undefined` and null are both an absent value. Times are ISO texts; large integers are texts. */
export type Cell = Json | undefined

/** Why a row could not be read. */
export interface Fault {
  readonly reason: 'broken quoting' | 'wrong number of cells' | 'broken JSON'
  readonly message: string
  /** The row as it stands in the file, cut where it is long. */
  readonly text: string
}

/** A broken row; its text is cut so that a report stays readable. */
export function faulty(line: number, reason: Fault['reason'], message: string, text: string): Row {
  return { line, cells: [], fault: { reason, message, text: text.slice(0, 2000) } }
}

/** Reads and closes again as soon as `count` rows are known. */
export async function firstRows(table: Table, count: number): Promise<readonly Row[]> {
  const rows: Row[] = []
  for await (const batch of table.rows()) {
    rows.push(...batch)
    if (rows.length >= count) break
  }
  return rows.slice(0, count)
}

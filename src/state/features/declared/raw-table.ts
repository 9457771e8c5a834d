import { grown } from '../../../kernel/lists/grown.ts'
import type { DeclaredSet } from './declaration.ts'
import type { RawColumn, RawRows } from './rows.ts'
import { countOf } from './sources/source.ts'

/** Raw rows that come a few at a time, column by column; every name is kept once. */
export interface RawTable {
  readonly rowCount: number
  /** Appends all rows; what holds for all of them is written to each. */
  append(rows: RawRows): void
  /** Some of the rows, in the order given. */
  take(rows: Uint32Array): RawRows
}

/** Bytes that a row takes in such a table, about. */
export function rawRowBytes(set: DeclaredSet): number {
  return set.columns.reduce(
    (sum, { source, as }) => sum + countOf(source) * (isNumber(as.form) ? 8 : 4),
    0,
  )
}

export function rawTable(set: DeclaredSet): RawTable {
  const columns = set.columns.map(({ name, source, as }) =>
    isNumber(as.form) ? numbers(name, countOf(source)) : names(name, countOf(source)),
  )
  let rowCount = 0
  return {
    get rowCount() {
      return rowCount
    },
    append(rows) {
      for (const column of columns) column.append(rows, rowCount)
      rowCount += rows.rowCount
    },
    take(rows) {
      const taken = columns.map((column) => [column.name, column.take(rows)] as const)
      return { rowCount: rows.length, columns: new Map(taken) }
    },
  }
}

/** One row by itself. */
export function rowOf(set: DeclaredSet, rows: RawRows, row: number): RawRows {
  return rowsBetween(set, rows, row, row + 1)
}

/** The rows from one to before another; what holds for all of them still does. */
export function rowsBetween(set: DeclaredSet, rows: RawRows, from: number, to: number): RawRows {
  const columns = set.columns.map(({ name, source }): readonly [string, RawColumn] => {
    const [values, count] = [rows.columns.get(name)!, countOf(source)]
    const isShared = values.length === count
    return [name, isShared ? values : values.slice(from * count, to * count)]
  })
  return { rowCount: to - from, columns: new Map(columns) }
}

const isNumber = (form: string): boolean => form === 'number' || form === 'buckets'

interface TableColumn {
  readonly name: string
  append(rows: RawRows, at: number): void
  take(rows: Uint32Array): RawColumn
}

function numbers(name: string, count: number): TableColumn {
  let data = new Float64Array(0)
  return {
    name,
    append({ rowCount, columns }, at) {
      const values = columns.get(name) as Float64Array // As the set declares it.
      const shared = values.length === count ? 0 : count
      data = grown(data, (at + rowCount) * count)
      for (let row = 0; row < rowCount; row++)
        for (let place = 0; place < count; place++)
          data[(at + row) * count + place] = values[row * shared + place]!
    },
    take(rows) {
      const taken = new Float64Array(rows.length * count)
      for (const [to, row] of rows.entries())
        taken.set(data.subarray(row * count, (row + 1) * count), to * count)
      return taken
    },
  }
}

function names(name: string, count: number): TableColumn {
  const words: string[] = []
  const codes = new Map<string, number>()
  let data = new Uint32Array(0)
  const codeOf = (word: string): number => {
    let code = codes.get(word)
    if (code === undefined) codes.set(word, (code = words.push(word) - 1))
    return code
  }
  return {
    name,
    append({ rowCount, columns }, at) {
      const values = columns.get(name) as readonly string[] // As the set declares it.
      const shared = values.length === count ? 0 : count
      data = grown(data, (at + rowCount) * count)
      for (let row = 0; row < rowCount; row++)
        for (let place = 0; place < count; place++)
          data[(at + row) * count + place] = codeOf(values[row * shared + place]!)
    },
    take(rows) {
      const taken = new Array<string>(rows.length * count)
      for (const [to, row] of rows.entries())
        for (let place = 0; place < count; place++)
          taken[to * count + place] = words[data[row * count + place]!]!
      return taken
    },
  }
}

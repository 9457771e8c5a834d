import { invalid } from '../../../error.ts'
import { openTable } from '../../../events/import/table/open-table.ts'
import type { Cell, Row, Table } from '../../../events/import/table/table.ts'
import type { DeclaredSet } from '../../../state/features/declared/declaration.ts'
import { valueNames } from '../../../state/features/declared/field-names.ts'
import type { RawColumn } from '../../../state/features/declared/rows.ts'
import { reserveRows } from './example-bytes.ts'
import { type ExampleTable, exampleTable } from './example-table.ts'
import type { ExampleOptions, FileSource } from './examples.ts'

/** Columns of a file that say when an example was, and whose it is. */
const timeColumn = 'timestamp'
const userColumn = 'user'

/**
 * Examples from a file: a row each, whose columns are named as the values of the set (`genre-1` …)
 * and as its labels, before any encoding. Ids and tags are names, as they stand. Rejects with
 * `invalid_argument` for a column that is missing, or a cell that is no number.
 */
export async function examplesFromFile(
  options: ExampleOptions,
  { path }: FileSource,
): Promise<ExampleTable> {
  const { set, rowCountMax, signal, onProgress = () => undefined } = options
  const file = await openTable(path)
  const examples = exampleTable(set)
  let cells: ReadCells | undefined
  for await (const batch of file.rows()) {
    signal?.throwIfAborted()
    for (const row of batch) {
      if (row.fault !== undefined) throw invalid(`${path}:${row.line}`, row.fault.message)
      if (examples.rowCount >= rowCountMax) return examples
      cells ??= readCells(set, file)
      const { columns, labels, at, user } = cells(row)
      const start = examples.append({ rowCount: 1, columns }, { at, user })
      examples.put(start, labels)
    }
    reserveRows(options, examples.rowCount)
    onProgress(Math.min(1, examples.rowCount / rowCountMax))
  }
  return examples
}

type ReadCells = (row: Row) => {
  readonly columns: ReadonlyMap<string, RawColumn>
  readonly labels: Readonly<Record<string, number>>
  readonly at: number
  readonly user: string
}

function readCells(set: DeclaredSet, { columns: header, path, unit }: Table): ReadCells {
  const placeOf = (name: string): number => {
    const place = header.indexOf(name)
    if (place < 0) throw invalid(path, `lacks the column "${name}": it has ${header.join(', ')}`)
    return place
  }
  const places = set.columns.map((column) => ({
    name: column.name,
    isNumber: column.as.form === 'number' || column.as.form === 'buckets',
    places: valueNames(column).map(placeOf),
  }))
  const labels = set.labels.map(({ name }) => ({ name, place: placeOf(name) }))
  const [timePlace, userPlace] = [header.indexOf(timeColumn), header.indexOf(userColumn)]
  return ({ cells, line }) => {
    const at = (place: number): string => `${path}, ${unit} ${line}, "${header[place]}"`
    const numbers = (chosen: readonly number[]) =>
      Float64Array.from(chosen, (place) => numberIn(cells[place], () => at(place)))
    return {
      columns: new Map(
        places.map((column): [string, RawColumn] => [
          column.name,
          column.isNumber
            ? numbers(column.places)
            : column.places.map((place) => nameIn(cells[place])),
        ]),
      ),
      labels: Object.fromEntries(
        labels.map(({ name, place }) => {
          const value = numberIn(cells[place], () => at(place))
          if (Number.isNaN(value)) throw invalid(at(place), 'a label must not be empty')
          return [name, value]
        }),
      ),
      at: timePlace < 0 ? 0 : numberIn(cells[timePlace], () => at(timePlace)),
      user: userPlace < 0 ? '' : nameIn(cells[userPlace]),
    }
  }
}

function numberIn(cell: Cell, at: () => string): number {
  if (cell === undefined || cell === null || cell === '') return Number.NaN
  const number = typeof cell === 'number' ? cell : Number(cell)
  if (typeof cell === 'object' || Number.isNaN(number))
    throw invalid(at(), `${JSON.stringify(cell)} must be a number`)
  return number
}

function nameIn(cell: Cell): string {
  return cell === undefined || cell === null ? '' : String(cell)
}

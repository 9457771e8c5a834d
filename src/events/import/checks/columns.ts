import { basename } from 'node:path'
import type { Part } from '../plan.ts'
import type { Cell, Row } from '../table/table.ts'
import type { CheckFactory, Finding } from './check.ts'
import { counted, tally } from './tally.ts'

/** Fewer equal cells than this say nothing. */
const fewestRows = 20

interface ColumnSeen {
  readonly first: string
  isConstant: boolean
  rowCount: number
}

/** Columns that nobody reads or that tell nothing, and texts that were not written as UTF-8. */
export const columns: CheckFactory = ({ parts }) => {
  const notUtf8 = tally()
  const seenColumns = new Map<Part, (ColumnSeen | undefined)[]>()
  return {
    see(seen) {
      const { part, row } = seen
      if (row.cells.some((cell) => typeof cell === 'string' && cell.includes('\ufffd'))) {
        notUtf8.add(seen)
      }
      const known = seenColumns.get(part) ?? []
      seenColumns.set(part, known)
      seeColumns(known, row)
    },
    findings() {
      return [
        ...parts.flatMap(unusedColumns),
        ...parts.flatMap((part) => constantColumns(part, seenColumns.get(part) ?? [])),
        ...notUtf8.findings(({ count }) => ({
          severity: 'warning',
          code: 'not-utf8',
          message:
            `${counted(count, 'row')} with bytes that are not UTF-8: letters were lost; convert ` +
            'the file, for example with iconv -f WINDOWS-1252 -t UTF-8',
        })),
      ]
    },
  }
}

function seeColumns(known: (ColumnSeen | undefined)[], { cells }: Row): void {
  for (let place = 0; place < cells.length; place++) {
    const column = known[place]
    if (column === undefined) {
      known[place] = { first: textOf(cells[place]), isConstant: true, rowCount: 1 }
    } else {
      column.rowCount++
      if (column.isConstant && textOf(cells[place]) !== column.first) column.isConstant = false
    }
  }
}

function unusedColumns({ table, layout }: Part): Finding[] {
  if (layout.unused.length === 0) return []
  const names = layout.unused.join(', ')
  const message =
    `no event has a place for ${names}, so they are left aside; if one of them is the user, ` +
    'item, time, type or value, say so with a mapping'
  const file = basename(table.path)
  return [{ severity: 'warning', code: 'unused-columns', message, file, lines: [], count: 0 }]
}

function constantColumns({ table }: Part, known: readonly (ColumnSeen | undefined)[]): Finding[] {
  const file = basename(table.path)
  return known.flatMap((column, place) => {
    if (!column?.isConstant || column.rowCount < fewestRows) return []
    const value = column.first === '' ? 'empty' : JSON.stringify(column.first.slice(0, 40))
    const message = `"${table.columns[place]}" is ${value} in every row, so it tells nothing`
    const count = column.rowCount
    return [{ severity: 'note' as const, code: 'constant-column', message, file, lines: [], count }]
  })
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : JSON.stringify(cell ?? '')
}

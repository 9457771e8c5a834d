import type { Timestamp } from '../../events/clock.ts'
import type { UserId } from '../../events/event.ts'
import type { Row, TableRow } from '../lake.ts'
import { type TableName, tableNamed } from '../tables.ts'

/**
 * Rows that lie in no file yet. They are kept as plain values until they do: the database, which
 * holds them in memory, need not be opened for a few, and can be made anew when it breaks.
 */
export interface Unfiled {
  /** As the database counts them: a row of a table with `several` values counts for each. */
  readonly count: number
  /** Those that the database has not got yet. */
  readonly unpouredCount: number
  add(rows: readonly TableRow[]): void
  unpoured(): RowsByTable
  /** The database has got them. */
  poured(rows: RowsByTable): void
  /** How many rows of each table the database has got, as they came in. */
  held(): ReadonlyMap<TableName, number>
  /** So many, the oldest, as they came in, lie in files. */
  filed(counts: ReadonlyMap<TableName, number>): void
  /** The database is gone, and what it held with it. */
  lost(): void
  /** Drops rows of users; returns how many there were. */
  forget(users: ReadonlySet<UserId>, before: number): number
  span(table: TableName): RowSpan
}

export type RowsByTable = ReadonlyMap<TableName, readonly Row[]>

export interface RowSpan {
  readonly rows: number
  readonly from?: Timestamp
  readonly to?: Timestamp
}

interface Heap {
  rows: Row[]
  /** So many of the first are in the database. */
  poured: number
  /** The same, as the database counts them. */
  counts: { all: number; poured: number }
}

export function unfiled(): Unfiled {
  const heaps = new Map<TableName, Heap>()
  const sum = (of: (heap: Heap) => number): number =>
    [...heaps.values()].reduce((total, heap) => total + of(heap), 0)

  return {
    get count() {
      return sum(({ counts }) => counts.all)
    },

    get unpouredCount() {
      return sum(({ counts }) => counts.all - counts.poured)
    },

    add(rows) {
      for (const { table, row } of rows) {
        const all = countOf(table, row)
        const heap = heaps.get(table)
        if (heap === undefined) {
          heaps.set(table, { rows: [row], poured: 0, counts: { all, poured: 0 } })
        } else {
          heap.rows.push(row)
          heap.counts.all += all
        }
      }
    },

    unpoured: () =>
      new Map(
        [...heaps]
          .filter(([, { rows, poured }]) => rows.length > poured)
          .map(([table, { rows, poured }]) => [table, rows.slice(poured)] as const),
      ),

    poured(rows) {
      for (const [table, given] of rows) {
        const heap = heaps.get(table)!
        heap.poured += given.length
        heap.counts.poured += countOfAll(table, given)
      }
    },

    held: () => new Map([...heaps].map(([table, { poured }]) => [table, poured] as const)),

    filed(filed) {
      for (const [table, count] of filed) {
        const { rows, poured } = heaps.get(table)!
        heaps.set(table, heapOf(table, rows.slice(count), Math.max(0, poured - count)))
      }
    },

    lost() {
      for (const [table, { rows }] of heaps) heaps.set(table, heapOf(table, rows, 0))
    },

    forget(users, before) {
      let dropped = 0
      for (const [table, heap] of heaps) {
        const stays = (row: Row): boolean => !isOf(table, row, users, before)
        const poured = heap.rows.slice(0, heap.poured).filter(stays)
        const rows = [...poured, ...heap.rows.slice(heap.poured).filter(stays)]
        const left = heapOf(table, rows, poured.length)
        dropped += heap.counts.all - left.counts.all
        heaps.set(table, left)
      }
      return dropped
    },

    span: (table) => {
      const { rows, counts } = heaps.get(table) ?? heapOf(table, [], 0)
      return spanOf(rows, counts.all)
    },
  }
}

function heapOf(table: TableName, rows: Row[], poured: number): Heap {
  const all = countOfAll(table, rows)
  return { rows, poured, counts: { all, poured: countOfAll(table, rows.slice(0, poured)) } }
}

function countOfAll(table: TableName, rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + countOf(table, row), 0)
}

/** How many rows the database makes of one. */
function countOf(table: TableName, row: Row): number {
  const listed = tableNamed.get(table)!.several?.[0]
  if (listed === undefined) return 1
  const values = row[listed]
  return Array.isArray(values) ? values.length : 0
}

function spanOf(rows: readonly Row[], count: number): RowSpan {
  if (count === 0) return { rows: 0 }
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { at } of rows) {
    from = Math.min(from, at)
    to = Math.max(to, at)
  }
  return { rows: count, from, to }
}

/** Does a row tell of one of the users, from an event before the offset, or from no event? */
export function isOf(
  table: TableName,
  row: Row,
  users: ReadonlySet<UserId>,
  before: number,
): boolean {
  const offset = row['offset']
  if (typeof offset === 'number' && offset >= before) return false
  return tableNamed.get(table)!.people.some((column) => {
    const named = row[column]
    return Array.isArray(named)
      ? named.some((user) => users.has(String(user)))
      : users.has(String(named))
  })
}

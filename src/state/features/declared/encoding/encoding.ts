import { createHash } from 'node:crypto'
import { broken } from '../../../../error.ts'
import { checkSet } from '../check-set.ts'
import type { DeclaredSet } from '../declaration.ts'
import type { FilledField, FilledRows, RawColumn, RawRows } from '../rows.ts'
import { countOf } from '../sources/source.ts'
import { blankOf, type ColumnCoder, coderOf, type Filled, namesIn } from './coder.ts'
import { type Cross, crossesOf } from './crosses.ts'
import type { Learned } from './learned.ts'
import { crossed, crossHash } from './names.ts'

/**
 * How raw rows of one declared set become rows of numbers: its vocabularies, bounds and scales.
 * Fitted to training rows, saved in the header of the model's artifact, and never changed.
 */
export interface Encoding {
  readonly set: DeclaredSet
  readonly learned: Learned
  /** In the order of the columns, then of the crosses: the order that a model learns. */
  readonly fields: readonly FilledField[]
  /** By the name of the column. */
  readonly coders: ReadonlyMap<string, ColumnCoder>
  readonly crosses: readonly Cross[]
  /** Of all that it is made of, the declaration included: equal ones fill equal rows. */
  readonly checksum: string
  encode(raw: RawRows): FilledRows
}

/** Throws `invalid_argument` for a set that cannot be filled. */
export function encodingOf(set: DeclaredSet, learned: Learned): Encoding {
  checkSet(set)
  const coders = new Map(set.columns.map((column) => [column.name, coderOf(set, column, learned)]))
  const crosses = crossesOf(set)
  const fields = [...coders.values()].flatMap((coder) => coder.fields)
  return {
    set,
    learned,
    fields: [...fields, ...crosses.map(({ field }) => field)],
    coders,
    crosses,
    checksum: checksumOf({ set, learned }),

    encode(raw) {
      const columns = new Map<string, Filled>()
      for (const { name, source } of set.columns) {
        const coder = coders.get(name)!
        const values = rawColumn(raw, name)
        const rowCount = rowsIn(raw, name, values, countOf(source))
        const outs = coder.fields.map((field) => blankOf(field, rowCount))
        for (let row = 0; row < rowCount; row++) coder.write(values, row, outs, row)
        for (const [index, field] of coder.fields.entries()) columns.set(field.name, outs[index]!)
      }
      for (const cross of crosses) columns.set(cross.field.name, encodedCross(cross, raw))
      return { rowCount: raw.rowCount, columns }
    },
  }
}

function encodedCross({ declared, parts }: Cross, raw: RawRows): Uint32Array {
  const found = parts.map(({ column, place, count }) => {
    const names = namesIn(rawColumn(raw, column))
    const rowCount = rowsIn(raw, column, names, count)
    const hashes = new Uint32Array(rowCount)
    for (let row = 0; row < rowCount; row++)
      hashes[row] = crossHash(names[row * count + place]!, declared.seed)
    return hashes
  })
  return crossedRows(found, declared.buckets)
}

/** As many rows as the longest of the parts; a part of one row holds for all. */
export function crossedRows(parts: readonly Uint32Array[], buckets: number): Uint32Array {
  const rowCount = parts.some(({ length }) => length === 0)
    ? 0
    : Math.max(...parts.map(({ length }) => length))
  const out = new Uint32Array(rowCount)
  const hashes = parts.map(() => 0)
  for (let row = 0; row < rowCount; row++) {
    for (let part = 0; part < parts.length; part++) {
      const column = parts[part]!
      hashes[part] = column[column.length === 1 ? 0 : row]!
    }
    out[row] = crossed(hashes, buckets)
  }
  return out
}

function rawColumn({ columns }: RawRows, name: string): RawColumn {
  const column = columns.get(name)
  if (column === undefined) throw broken(`the column ${name} was not read`)
  return column
}

/** How many rows a column holds: one for all, or one each. */
function rowsIn(raw: RawRows, name: string, column: RawColumn, count: number): number {
  if (column.length === raw.rowCount * count) return raw.rowCount
  if (column.length === count) return 1
  throw broken(`the column ${name} holds ${column.length} values, not ${count} × ${raw.rowCount}`)
}

/** Of the same data the same, in whatever order its keys stand. */
export function checksumOf(data: unknown): string {
  return createHash('sha256').update(JSON.stringify(data, inOrder)).digest('hex').slice(0, 32)
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
}

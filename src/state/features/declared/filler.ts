import type { Known, Need } from '../../projections/projection.ts'
import type { Context, Rows } from '../feature.ts'
import { type ByItem, byItem } from './by-item.ts'
import { checkSet } from './check-set.ts'
import type { DeclaredSet } from './declaration.ts'
import { blankOf, type Filled } from './encoding/coder.ts'
import { crossedRows, type Encoding } from './encoding/encoding.ts'
import { crossHash } from './encoding/names.ts'
import type { FilledField, FilledRows, RawColumn, RawRows } from './rows.ts'
import { readerOf } from './sources/reader-of.ts'
import type { ColumnGround, SourceReader } from './sources/source-reader.ts'

/** A declared set over what is known now. Made once, asked for every request. */
export interface Reader {
  /** The user's values that `read` will look at: fetched in one trip with all else. */
  needs(context: Context): readonly Need[]
  /** The rows as they stand, before any encoding: what is logged as used. */
  read(context: Context, rows: Rows, known: Known): RawRows
  /** Do all rows share the values of the column? They are then read once. */
  isShared(column: string): boolean
}

/**
 * A declared set with the vocabularies and bounds of one model: fills the rows that its ranker
 * takes. `fill` is `encoding.encode` of what `read` reads, bit by bit, and quicker: the user's part
 * is made once per request, and what only changes with an item's record is kept by item.
 */
export interface Filler extends Reader {
  readonly encoding: Encoding
  readonly fields: readonly FilledField[]
  fill(context: Context, rows: Rows, known: Known): FilledRows
}

/**
 * Throws `invalid_argument` for a set that cannot be filled here: one that names a feature which
 * the engine does not have.
 */
export function readerFor(set: DeclaredSet, ground: ColumnGround): Reader {
  checkSet(set)
  const columns = columnsOf(set, ground)
  return readerOver(columns)
}

export function fillerFor(encoding: Encoding, ground: ColumnGround): Filler {
  const { set, coders, crosses, fields } = encoding
  const columns = columnsOf(set, ground)
  const kept = new Map<string, ByItem>()
  for (const { name, reader } of columns) {
    if (!reader.isOfRecord || reader.isShared) continue
    const coder = coders.get(name)!
    kept.set(
      name,
      byItem(ground.revisions, coder.fields, (context, rows, known, outs, places) => {
        const raw = readOne(reader, context, rows, known)
        for (let row = 0; row < places.length; row++) coder.write(raw, row, outs, places[row]!)
      }),
    )
  }
  const hashes = crosses.map(({ declared, parts }) =>
    parts.map((part) => {
      const { reader } = columns.find(({ name }) => name === part.column)!
      const write = (raw: readonly string[], row: number) =>
        crossHash(raw[row * part.count + part.place]!, declared.seed)
      const field: FilledField = { kind: 'category', name: 'hash', side: 'item', size: 2 ** 32 }
      const fillOuts: Parameters<typeof byItem>[2] = (context, rows, known, [out], places) => {
        // A cross names categories by name: their readers give names.
        const raw = readOne(reader, context, rows, known) as readonly string[]
        for (let row = 0; row < places.length; row++) out![places[row]!] = write(raw, row)
      }
      return reader.isOfRecord && !reader.isShared
        ? byItem(ground.revisions, [field], fillOuts).gather
        : (context: Context, rows: Rows, known: Known): readonly Filled[] => {
            const rowCount = reader.isShared ? 1 : rows.items.length
            const out = new Uint32Array(rowCount)
            fillOuts(context, rows, known, [out], Uint32Array.from(out.keys()))
            return [out]
          }
    }),
  )

  return {
    encoding,
    fields,
    ...readerOver(columns),

    fill(context, rows, known) {
      const filled = new Map<string, Filled>()
      const rowCount = rows.items.length
      for (const { name, reader } of columns) {
        const coder = coders.get(name)!
        let outs = kept.get(name)?.gather(context, rows, known)
        if (outs === undefined) {
          const own = reader.isShared ? 1 : rowCount
          const raw = readOne(reader, context, rows, known)
          const blank = coder.fields.map((field) => blankOf(field, own))
          for (let row = 0; row < own; row++) coder.write(raw, row, blank, row)
          outs = blank
        }
        for (const [index, field] of coder.fields.entries()) filled.set(field.name, outs[index]!)
      }
      for (const [index, { declared, field }] of crosses.entries()) {
        const parts = hashes[index]!.map((part) => part(context, rows, known)[0] as Uint32Array)
        filled.set(field.name, crossedRows(parts, declared.buckets))
      }
      return { rowCount, columns: filled }
    },
  }
}

interface ReadColumn {
  readonly name: string
  readonly reader: SourceReader
}

function columnsOf(set: DeclaredSet, ground: ColumnGround): readonly ReadColumn[] {
  return set.columns.map(({ name, source }) => ({
    name,
    reader: readerOf(ground, source, set.fusions ?? {}),
  }))
}

function readerOver(columns: readonly ReadColumn[]): Reader {
  const shared = new Set(columns.flatMap(({ name, reader }) => (reader.isShared ? [name] : [])))
  return {
    needs: (context) => columns.flatMap(({ reader }) => reader.needs(context)),
    read: (...asked) => readColumns(columns, ...asked),
    isShared: (column) => shared.has(column),
  }
}

function readColumns(
  columns: readonly ReadColumn[],
  context: Context,
  rows: Rows,
  known: Known,
): RawRows {
  return {
    rowCount: rows.items.length,
    columns: new Map(
      columns.map(({ name, reader }) => [name, readOne(reader, context, rows, known)]),
    ),
  }
}

function readOne(reader: SourceReader, context: Context, rows: Rows, known: Known): RawColumn {
  const length = reader.count * (reader.isShared ? 1 : rows.items.length)
  if (reader.gives === 'numbers') {
    const numbers = new Float64Array(length).fill(Number.NaN)
    reader.read(context, rows, known, numbers)
    return numbers
  }
  const names = new Array<string>(length).fill('')
  reader.read(context, rows, known, names)
  return names
}

import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import {
  asyncBufferFromFile,
  type Compressors,
  type DecodedArray,
  parquetMetadataAsync,
  parquetScan,
  parquetSchema,
} from 'hyparquet'
import { invalid } from '../../../error.ts'
import type { Json } from '../../event.ts'
import type { Cell, Row, Table } from './table.ts'

const batchRows = 2000

/** Snappy and uncompressed pages are read without these. */
const compressors: Compressors = {
  GZIP: (bytes) => gunzipSync(bytes),
  BROTLI: (bytes) => brotliDecompressSync(bytes),
}
const readableCodecs = new Set(['UNCOMPRESSED', 'SNAPPY', ...Object.keys(compressors)])

/**
 * A Parquet file, one row group in memory at a time. Lists become JSON lists, times ISO texts,
 * integers above 2^53 texts. Rejects with `invalid_argument` where it is no Parquet file or is
 * compressed with a codec we cannot read.
 */
export async function openParquetTable(path: string): Promise<Table> {
  const { metadata, file } = await unlessBroken(path, async () => {
    const file = await asyncBufferFromFile(path)
    return { file, metadata: await parquetMetadataAsync(file) }
  })
  const codecs = metadata.row_groups.flatMap(({ columns }) =>
    columns.map(({ meta_data }) => meta_data?.codec ?? 'UNCOMPRESSED'),
  )
  const unreadable = codecs.find((codec) => !readableCodecs.has(codec))
  if (unreadable !== undefined) {
    const known = [...readableCodecs].join(', ')
    throw invalid(path, `is compressed with ${unreadable}; it must be one of ${known}`)
  }
  const columns = parquetSchema(metadata).children.map(({ element }) => element.name)

  async function* rows(): AsyncGenerator<readonly Row[]> {
    const scan = await parquetScan({ file, metadata, columns, compressors })
    for (const range of scan.ranges) {
      const data = await unlessBroken(path, () =>
        Promise.all(columns.map((column) => scan.readColumn({ column, ...range }))),
      )
      const rowCount = range.rowEnd - range.rowStart
      for (let from = 0; from < rowCount; from += batchRows) {
        yield rowsOf(data, from, Math.min(from + batchRows, rowCount), range.rowStart)
      }
    }
  }

  return { path, format: 'Parquet', isTyped: true, unit: 'row', columns, rows }
}

function rowsOf(data: readonly DecodedArray[], from: number, to: number, before: number): Row[] {
  const rows: Row[] = []
  for (let index = from; index < to; index++) {
    const cells = data.map((column) => cellOf(column[index]))
    rows.push({ line: before + index + 1, cells })
  }
  return rows
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'bigint') {
    // An id above 2^53 keeps its digits only as a text.
    const isSafe = value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
    return isSafe ? Number(value) : String(value)
  }
  if (typeof value === 'number') return Number.isNaN(value) ? null : value
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (typeof value !== 'object' || value === null) return value as Cell // A string or a boolean.
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return listOf(value as Iterable<unknown>)
  const entries = Object.entries(value).map(([name, inner]) => [name, cellOf(inner) ?? null])
  return Object.fromEntries(entries) as { readonly [key: string]: Json }
}

function listOf(values: Iterable<unknown>): Json {
  return Array.from(values, (value) => cellOf(value) ?? null)
}

async function unlessBroken<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw invalid(path, `cannot be read as Parquet: ${reason}`)
  }
}

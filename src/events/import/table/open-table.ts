import { extname } from 'node:path'
import { invalid } from '../../../error.ts'
import { openCsvTable } from './csv-table.ts'
import { openJsonlTable } from './jsonl-table.ts'
import { openParquetTable } from './parquet-table.ts'
import type { Table } from './table.ts'

const openers: Readonly<Record<string, (path: string) => Promise<Table>>> = {
  '.csv': openCsvTable,
  '.tsv': openCsvTable,
  '.jsonl': openJsonlTable,
  '.ndjson': openJsonlTable,
  '.parquet': openParquetTable,
}

/** True where the name's ending says that `openTable` can read it. */
export function isTable(path: string): boolean {
  return extname(path).toLowerCase() in openers
}

/** Rejects with `invalid_argument` where the ending is none of ours or the file is unreadable. */
export async function openTable(path: string): Promise<Table> {
  const open = openers[extname(path).toLowerCase()]
  if (open === undefined) {
    throw invalid(path, `must end in one of ${Object.keys(openers).join(', ')}`)
  }
  return await open(path).catch((cause: unknown) => {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause
    throw invalid(path, `cannot be read: ${cause.message}`)
  })
}

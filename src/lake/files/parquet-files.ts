import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import type { Medium } from '../../events/log/medium/medium.ts'
import { quoted, scratchFolder } from '../duck/duck.ts'
import { type LakeFile, pathOf } from './manifest.ts'

/** A file that is to be made: what it holds is known, its size is not yet. */
export type Planned = Omit<LakeFile, 'bytes' | 'name'> & { readonly serial: number }

/**
 * Writes rows to a file, durably: made elsewhere, flushed, and named. It is part of the lake only
 * when a manifest names it.
 */
export async function writeParquet(
  { connection, medium, folder, ends }: Writer,
  rows: string,
  { serial, ...planned }: Planned,
): Promise<LakeFile> {
  ends?.throwIfAborted()
  const span = [planned.first, planned.last].map((offset) => String(offset).padStart(16, '0'))
  const name = `${span.join('-')}.${serial.toString(36)}.parquet`
  const scratch = join(scratchFolder(folder), `${serial.toString(36)}.parquet`)
  await connection.run(
    `COPY (${rows}) TO ${quoted(scratch)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 65536)`,
  )
  const made = await medium.open(scratch, 'r+')
  let bytes: number
  try {
    await made.sync()
    bytes = await made.size()
  } finally {
    await made.close()
  }
  // A folder may be removed as soon as its engine was told to end: nothing is put there any more.
  ends?.throwIfAborted()
  const file: LakeFile = { ...planned, name, bytes }
  const home = join(folder, file.table, file.span)
  await medium.makeFolder(home)
  await medium.rename(scratch, join(folder, pathOf(file)))
  await medium.syncFolder(home)
  return file
}

export interface Writer {
  readonly connection: DuckDBConnection
  readonly medium: Medium
  readonly folder: string
  /** Aborted where what is not a file yet shall not become one. */
  readonly ends?: AbortSignal
}

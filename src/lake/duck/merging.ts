import type { Merger } from '../files/aging.ts'
import type { LakeFile } from '../files/manifest.ts'
import { type Writer, writeParquet } from '../files/parquet-files.ts'
import { read } from './views.ts'

/** Writes the rows of several files of a table to one. */
export function mergeFiles(
  writer: Writer,
  { files, span }: Merger,
  serial: number,
): Promise<LakeFile> {
  const sum = files.reduce((total, { rows }) => total + rows, 0)
  return writeParquet(writer, `SELECT * FROM ${read(writer.folder, files)} ORDER BY "at"`, {
    ...{ table: files[0]!.table, span, serial, rows: sum },
    from: Math.min(...files.map(({ from }) => from)),
    to: Math.max(...files.map(({ to }) => to)),
    first: Math.min(...files.map(({ first }) => first)),
    last: Math.max(...files.map(({ last }) => last)),
  })
}

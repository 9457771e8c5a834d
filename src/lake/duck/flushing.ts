import type { DuckDBConnection } from '@duckdb/node-api'
import type { Timestamp } from '../../events/clock.ts'
import type { LakeFile } from '../files/manifest.ts'
import { type Writer, writeParquet } from '../files/parquet-files.ts'
import { spanLimits } from '../files/span.ts'
import { isOfEvents, type Table } from '../tables.ts'

/** Writes the rows of tables that are in no file yet: one file for each span that has any. */
export async function fileFresh(
  writer: Writer,
  tables: readonly Table[],
  now: Timestamp,
  serial: () => number,
): Promise<readonly LakeFile[]> {
  const files: LakeFile[] = []
  const span = spanSql(now)
  for (const table of tables) {
    for (const group of await groups(writer.connection, table, span)) {
      const those = `fresh."${table.name}" WHERE ${span} = '${group.span}'`
      const rows = `SELECT * FROM ${those} ORDER BY "at"`
      files.push(await writeParquet(writer, rows, { ...group, serial: serial() }))
    }
  }
  return files
}

type Group = Omit<LakeFile, 'name' | 'bytes'>

async function groups(
  connection: DuckDBConnection,
  table: Table,
  span: string,
): Promise<readonly Group[]> {
  const counted = `SELECT ${span}, ${extentSql(table)} FROM fresh."${table.name}"`
  const reader = await connection.runAndReadAll(`${counted} GROUP BY 1 ORDER BY 1`)
  return reader.getRows().map(
    ([label, ...extent]): Group => ({
      ...{ table: table.name, span: String(label) },
      ...countedExtent(extent),
    }),
  )
}

/** Rows, the times of the oldest and newest, the first and last offset. */
export function extentSql(table: Table): string {
  const offsets = isOfEvents(table) ? 'min("offset"), max("offset")' : '0, 0'
  return `count(*), epoch_ms(min("at")), epoch_ms(max("at")), ${offsets}`
}

/** What the columns of `extentSql` came to. */
export function countedExtent(values: readonly unknown[]) {
  const [rows, from, to, first, last] = values.map(Number) as [
    ...[number, number, number, number, number],
  ]
  return { rows, from, to, first, last }
}

/** The same as `spanOf`, by the database: a test holds the two together. */
export function spanSql(now: Timestamp): string {
  const limits = spanLimits(now)
  return `CASE
    WHEN "at" >= epoch_ms(${limits.hour}) THEN strftime("at", 'hour=%Y%m%d%H')
    WHEN "at" >= epoch_ms(${limits.day}) THEN strftime("at", 'day=%Y%m%d')
    WHEN "at" >= epoch_ms(${limits.month}) THEN strftime("at", 'month=%Y%m')
    ELSE strftime("at", 'year=%Y') END`
}

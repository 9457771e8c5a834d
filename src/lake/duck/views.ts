import { join } from 'node:path'
import { type LakeFile, pathOf } from '../files/manifest.ts'
import type { Table } from '../tables.ts'
import { quoted } from './duck.ts'

/** What queries name: the rows of the files and those that are in none yet, as one table. */
export function createView(table: Table, folder: string, files: readonly LakeFile[]): string {
  const columns = table.columns.map(({ name }) => `"${name}"`).join(', ')
  const fresh = `SELECT ${columns} FROM fresh."${table.name}"`
  const kept = files.length === 0 ? '' : ` UNION ALL SELECT ${columns} FROM ${read(folder, files)}`
  return `CREATE OR REPLACE VIEW "${table.name}" AS ${fresh}${kept}`
}

/** The newest of each item. One that was withdrawn keeps what was last said of it. */
export const createCatalogue = `CREATE OR REPLACE VIEW catalogue AS
  SELECT "at", item, withdrawn, said.channels AS channels, said.attributes AS attributes,
    said.available_from AS available_from, said.available_until AS available_until, "offset"
  FROM (
    SELECT arg_max("at", "offset") AS "at", item, arg_max(withdrawn, "offset") AS withdrawn,
      arg_max({channels: channels, attributes: attributes, available_from: available_from,
        available_until: available_until}, "offset") FILTER (NOT withdrawn) AS said,
      max("offset") AS "offset"
    FROM items GROUP BY item)`

export function read(folder: string, files: readonly LakeFile[]): string {
  const paths = files.map((file) => quoted(join(folder, pathOf(file))))
  return `read_parquet([${paths.join(', ')}], hive_partitioning = false)`
}

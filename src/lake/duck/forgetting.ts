import type { DuckDBConnection } from '@duckdb/node-api'
import type { UserId } from '../../events/event.ts'
import type { Offset } from '../../events/log/event-log.ts'
import type { LakeFile } from '../files/manifest.ts'
import { type Writer, writeParquet } from '../files/parquet-files.ts'
import { type Table, tableNamed, tables } from '../tables.ts'
import { countedExtent, extentSql } from './flushing.ts'
import { read } from './views.ts'

export interface Rewritten {
  readonly old: LakeFile
  /** Absent where nothing was left of it. */
  readonly fresh?: LakeFile
  readonly rows: number
}

/** Takes the users' rows out of the tables that are in no file yet. */
export async function forgetFresh(
  connection: DuckDBConnection,
  users: ReadonlySet<UserId>,
  before: Offset,
): Promise<void> {
  await nameForgotten(connection, users)
  for (const table of tables) {
    if (table.people.length === 0) continue
    await connection.run(`DELETE FROM fresh."${table.name}" WHERE ${theirs(table, before)}`)
  }
}

/** Writes anew, without the users, each file that holds any of their rows. */
export async function forgetFiled(
  writer: Writer,
  files: readonly LakeFile[],
  { users, before }: { readonly users: ReadonlySet<UserId>; readonly before: Offset },
  serial: () => number,
): Promise<readonly Rewritten[]> {
  const { connection, folder } = writer
  await nameForgotten(connection, users)
  const rewritten: Rewritten[] = []
  for (const old of files) {
    const table = tableNamed.get(old.table)!
    if (table.people.length === 0 || old.first > before) continue
    const source = read(folder, [old])
    const condition = theirs(table, before)
    const found = await one(connection, `SELECT count(*) FROM ${source} WHERE ${condition}`)
    const rows = Number(found[0])
    if (rows === 0) continue
    const kept = `FROM ${source} WHERE NOT ${condition}`
    const extent = countedExtent(await one(connection, `SELECT ${extentSql(table)} ${kept}`))
    if (extent.rows === 0) {
      rewritten.push({ old, rows })
      continue
    }
    const planned = { table: old.table, span: old.span, ...extent, serial: serial() }
    const fresh = await writeParquet(writer, `SELECT * ${kept} ORDER BY "at"`, planned)
    rewritten.push({ old, fresh, rows })
  }
  return rewritten
}

/** Ids come as values of a query, whatever is in them, and never as a part of it. */
async function nameForgotten(
  connection: DuckDBConnection,
  users: ReadonlySet<UserId>,
): Promise<void> {
  await connection.run('CREATE OR REPLACE TEMP TABLE forgotten (id VARCHAR)')
  for (const user of users) await connection.run('INSERT INTO forgotten VALUES ($1)', [user])
}

function theirs(table: Table, before: Offset): string {
  const named = table.people.map((name) => {
    const isList = table.columns.some((column) => column.name === name && isTexts(column))
    const theirs = isList
      ? `list_has_any("${name}", (SELECT list(id) FROM forgotten))`
      : `"${name}" IN (FROM forgotten)`
    return `coalesce(${theirs}, false)`
  })
  const numbered = table.columns.some(({ name }) => name === 'offset')
  return `((${named.join(' OR ')})${numbered ? ` AND "offset" < ${before}` : ''})`
}

const isTexts = ({ type }: Table['columns'][number]): boolean => type === 'VARCHAR[]'

async function one(connection: DuckDBConnection, sql: string): Promise<readonly unknown[]> {
  return (await connection.runAndReadAll(sql)).getRows()[0]!
}

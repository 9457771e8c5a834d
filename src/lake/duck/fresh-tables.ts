import { setImmediate as breath } from 'node:timers/promises'
import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api'
import type { Row } from '../lake.ts'
import type { ColumnType, Table } from '../tables.ts'

// Rows that are in no file yet, in tables of the schema `fresh`, named and made as those of the
// lake.

/** Spelled at once: a few milliseconds of the thread that answers feeds. */
const spelledRows = 250

/**
 * Handed over at once. However few they are, the database takes three milliseconds to begin with
 * them; and copying them holds up our thread.
 */
const handedChars = 1_000_000

export function createFresh({ name, columns }: Table): string {
  const list = columns.map((column) => `"${column.name}" ${column.type}`).join(', ')
  return `CREATE OR REPLACE TABLE fresh."${name}" (${list})`
}

/**
 * Rows go over as lines of JSON, which the database takes apart on a thread of its own: a fifth of
 * the time that its appender takes on ours.
 */
export async function insertFresh(
  connection: DuckDBConnection,
  table: Table,
  rows: readonly Row[],
): Promise<void> {
  const statement = await preparedFor(connection, table)
  let text = ''
  for (let from = 0; from < rows.length; from += spelledRows) {
    const lines = rows.slice(from, from + spelledRows).map((row) => JSON.stringify(row))
    text += text === '' ? lines.join('\n') : `\n${lines.join('\n')}`
    await breath()
    if (text.length < handedChars && from + spelledRows < rows.length) continue
    statement.bindVarchar(1, wellFormed(text))
    await statement.run()
    text = ''
  }
}

const prepared = new WeakMap<DuckDBConnection, Map<string, DuckDBPreparedStatement>>()

/** Preparing takes a millisecond of our thread: it is done once. */
async function preparedFor(
  connection: DuckDBConnection,
  table: Table,
): Promise<DuckDBPreparedStatement> {
  const theirs = prepared.get(connection) ?? new Map<string, DuckDBPreparedStatement>()
  prepared.set(connection, theirs)
  const known = theirs.get(table.name)
  if (known !== undefined) return known
  const statement = await connection.prepare(insertSql(table))
  theirs.set(table.name, statement)
  return statement
}

function insertSql({ name, columns, several = [] }: Table): string {
  const listed = new Set(several)
  const shape = JSON.stringify(
    Object.fromEntries(
      columns.map(({ name, type }) => {
        return [name, listed.has(name) ? [jsonType(type)] : jsonType(type)]
      }),
    ),
  )
  const values = columns.map(({ name, type }) => {
    const value = listed.has(name) ? `unnest(r."${name}")` : `r."${name}"`
    return type === 'TIMESTAMP' ? `epoch_ms(${value})` : value
  })
  return `INSERT INTO fresh."${name}" SELECT ${values.join(', ')} FROM (
    SELECT from_json(line, '${shape}') AS r FROM (
      SELECT unnest(string_split($1, chr(10)))::JSON AS line))`
}

function jsonType(type: ColumnType): string | readonly string[] {
  if (type === 'TIMESTAMP') return 'BIGINT'
  return type === 'VARCHAR[]' ? ['VARCHAR'] : type
}

/** Half a surrogate pair is no text to the database: one such id must not stop all that follows. */
function wellFormed(json: string): string {
  if (!json.includes('\\ud')) return json
  return json.replace(/(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g, '$1\\ufffd')
}

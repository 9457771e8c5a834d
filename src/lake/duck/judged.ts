import type { DuckDBConnection } from '@duckdb/node-api'
import { invalid } from '../../error.ts'

/**
 * Table functions that a question may name. Those that read files, run SQL given as a text or
 * change how the database works are many, and each version brings more: so these are named.
 */
const allowed: ReadonlySet<string> = new Set([
  ...['range', 'generate_series', 'unnest', 'repeat', 'repeat_row', 'json_each', 'json_tree'],
  ...['duckdb_columns', 'duckdb_tables', 'duckdb_views', 'duckdb_functions', 'duckdb_types'],
  ...['duckdb_keywords', 'pragma_table_info', 'summary', 'histogram', 'histogram_values'],
])

const explaining = /^\s*explain(\s+analyze)?\s+(?=\S)/i

/** What the database's own parser makes of a text. */
interface Parsed {
  readonly error: boolean
  readonly error_type?: string
  readonly error_message?: string
  readonly position?: string
  readonly statements?: readonly unknown[]
}

/**
 * Refuses with `invalid_argument` what is not one question that only reads. The database's own
 * parser judges, and no pattern of ours: it takes apart selects alone (WITH, VALUES, DESCRIBE, SHOW
 * and SUMMARIZE are some), and names every function that stands for a table.
 */
export async function judge(connection: DuckDBConnection, sql: string): Promise<void> {
  const question = sql.replace(explaining, '')
  const parsed = await parse(connection, question)
  if (parsed.error) throw refusal(parsed, question)
  const { statements = [] } = parsed
  if (statements.length === 0) throw invalid('sql', 'holds no statement')
  if (statements.length > 1) {
    throw invalid('sql', `holds ${statements.length} statements; it must hold one`)
  }
  for (const name of called(statements[0])) {
    if (allowed.has(name)) continue
    throw invalid('sql', `calls ${name}, which a question must not: it could read or change more`)
  }
}

async function parse(connection: DuckDBConnection, sql: string): Promise<Parsed> {
  const reader = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)', [sql])
  return JSON.parse(String(reader.getRows()[0]![0])) as Parsed // The parser's own words.
}

function refusal({ error_type: type, error_message: said = '', position }: Parsed, sql: string) {
  if (type === 'not implemented') {
    return invalid('sql', 'must be a SELECT, WITH, VALUES, DESCRIBE, SHOW, SUMMARIZE or EXPLAIN')
  }
  const at = position === undefined ? '' : ` at ${placeOf(sql, Number(position))}`
  return invalid('sql', `cannot be read${at}: ${said}`)
}

/** `line 2, column 5` of a place in a text. */
function placeOf(text: string, position: number): string {
  const lines = text.slice(0, position).split('\n')
  return `line ${lines.length}, column ${lines.at(-1)!.length + 1}`
}

/** The names of all functions that stand for a table, below a node of the parsed statement. */
function called(node: unknown): ReadonlySet<string> {
  const names = new Set<string>()
  const walk = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return
    // The parser's own words; what is missing names nothing.
    const {
      type,
      function: call,
      table_name: table,
    } = part as {
      readonly type?: unknown
      readonly function?: { readonly function_name?: unknown }
      readonly table_name?: unknown
    }
    if (type === 'TABLE_FUNCTION') names.add(String(call?.function_name).toLowerCase())
    // A table named like a file is one: it would be read as such.
    if (type === 'BASE_TABLE' && /[/\\]/.test(String(table))) names.add(`the file ${table}`)
    for (const child of Object.values(part)) walk(child)
  }
  walk(node)
  return names
}

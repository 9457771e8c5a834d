import { DuckDBInstance } from '@duckdb/node-api'
import type { LakeReader, Row } from './lake-reader.ts'

/** The tables of the lake in memory, filled by a test. */
export interface MadeUpLake extends LakeReader, Disposable {
  put(table: string, rows: readonly MadeUpRow[]): Promise<void>
  /** Statements asked so far. */
  readonly asked: readonly string[]
}

/** By column; what it lacks, is null. Times are milliseconds. */
export type MadeUpRow = Readonly<Record<string, unknown>>

const shapes: Readonly<Record<string, string>> = {
  actions: `"at" TIMESTAMP, id VARCHAR, action VARCHAR, "user" VARCHAR, item VARCHAR, value DOUBLE,
    text VARCHAR, scene VARCHAR, channel VARCHAR, request VARCHAR, batch INTEGER,
    "position" INTEGER, stood INTEGER, arms VARCHAR[], sources VARCHAR[], model VARCHAR,
    served_at TIMESTAMP, "offset" BIGINT`,
  pages: `"at" TIMESTAMP, request VARCHAR, "user" VARCHAR, scene VARCHAR, channel VARCHAR,
    batch INTEGER, delivery VARCHAR, recipe VARCHAR, arms VARCHAR[], size INTEGER,
    dropped INTEGER, repeatable BOOLEAN, "offset" BIGINT`,
  slots: `"at" TIMESTAMP, request VARCHAR, "user" VARCHAR, scene VARCHAR, channel VARCHAR,
    batch INTEGER, "position" INTEGER, item VARCHAR, score DOUBLE, sources VARCHAR[],
    model VARCHAR, run VARCHAR, delivery VARCHAR, recipe VARCHAR, arms VARCHAR[], "offset" BIGINT`,
  offers: `"at" TIMESTAMP, "user" VARCHAR, scene VARCHAR, channel VARCHAR, writer VARCHAR,
    entries INTEGER, "replace" BOOLEAN, "offset" BIGINT`,
  items: `"at" TIMESTAMP, item VARCHAR, withdrawn BOOLEAN, channels VARCHAR[], attributes JSON,
    available_from TIMESTAMP, available_until TIMESTAMP, "offset" BIGINT`,
  users: `"at" TIMESTAMP, "user" VARCHAR, attributes JSON, merged_into VARCHAR, "offset" BIGINT`,
  runs: `"at" TIMESTAMP, run VARCHAR, "user" VARCHAR, recipe VARCHAR, model VARCHAR,
    stage VARCHAR, name VARCHAR, rows INTEGER, dropped INTEGER, ms DOUBLE, failure VARCHAR`,
}

export async function madeUpLake(through?: number): Promise<MadeUpLake> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  for (const [table, columns] of Object.entries(shapes)) {
    await connection.run(`CREATE TABLE ${table} (${columns})`)
  }
  await connection.run(`CREATE VIEW catalogue AS
    SELECT * FROM items QUALIFY row_number() OVER (PARTITION BY item ORDER BY "offset" DESC) = 1`)
  const asked: string[] = []
  return {
    asked,
    async put(table, rows) {
      if (rows.length === 0) return
      const shape = shapes[table]!.split(',').map((column) => column.trim())
      const columns = shape.map((column) => {
        const [name = '', type = ''] = column.split(/\s+/)
        const key = name.replaceAll('"', '')
        const value = `json_extract(r, '/${key}')`
        if (type === 'JSON') return value
        if (type === 'VARCHAR') return `json_extract_string(r, '/${key}')`
        if (type === 'TIMESTAMP') return `epoch_ms(CAST(${value} AS BIGINT))`
        return `CAST(${value} AS ${type})`
      })
      // Unlike a cast of null, a JSON null casts to NULL for every type.
      const values = `SELECT unnest(CAST($1 AS JSON[])) AS r`
      await connection.run(`INSERT INTO ${table} SELECT ${columns.join(', ')} FROM (${values})`, [
        JSON.stringify(rows),
      ])
    },
    async query(sql, parameters) {
      asked.push(sql)
      const read = await connection.runAndReadAll(sql, [...parameters])
      return read.getRowsJS() as readonly Row[] // Texts and doubles, as every statement casts them.
    },
    through: () => through,
    [Symbol.dispose]() {
      connection.closeSync()
      instance.closeSync()
    },
  }
}

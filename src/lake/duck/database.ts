import type { DuckDBConnection } from '@duckdb/node-api'
import type { LakeFile } from '../files/manifest.ts'
import { type Table, tables } from '../tables.ts'
import { type Duck, type DuckLibrary, openDuck } from './duck.ts'
import { createFresh } from './fresh-tables.ts'
import { createCatalogue, createView } from './views.ts'

/** The database of the lake: opened when it is first needed, and made anew where it breaks. */
export interface Database {
  readonly isOpen: boolean
  /** The connection that changes tables; one task at a time uses it. */
  writer(): Promise<DuckDBConnection>
  /** Runs a task on a connection that no other task uses meanwhile. */
  withConnection<T>(
    task: (connection: DuckDBConnection, library: DuckLibrary) => Promise<T>,
  ): Promise<T>
  /**
   * Points the views at the files that are there now, and empties the tables of what is in no file
   * where told: at once, for all who ask. Where that fails, the database is made anew.
   */
  refresh(files: readonly LakeFile[], emptied: boolean): Promise<void>
  /** Is it the writer of the database that is in use now? */
  isOf(writer: DuckDBConnection): boolean
  /** Lets go of it; the next use opens another. Who still works with it may end that. */
  discard(): void
  /** Frees it, when nobody works with it any more. */
  close(): Promise<void>
}

export interface DatabaseOptions {
  readonly folder: string
  readonly memoryMb?: number
  /** The files that a database opened now is to see. */
  readonly files: () => readonly LakeFile[]
  /** Told when what it held in memory is gone. */
  readonly onLost: () => void
}

interface Open {
  readonly duck: Duck
  readonly writer: DuckDBConnection
  readonly idle: DuckDBConnection[]
}

export function database(options: DatabaseOptions): Database {
  const { folder, files, onLost } = options
  let opening: Promise<Open> | undefined
  let current: Open | undefined

  const openNow = async (): Promise<Open> => {
    const duck = await openDuck(options)
    const writer = await duck.connect()
    await writer.run('CREATE SCHEMA fresh')
    for (const statement of [...emptyTables(), ...views(folder, files())]) {
      await writer.run(statement)
    }
    current = { duck, writer, idle: [] }
    return current
  }

  const open = (): Promise<Open> => {
    opening ??= openNow().catch((error: unknown) => {
      opening = undefined
      throw error
    })
    return opening
  }

  const discard = (): void => {
    if (opening === undefined) return
    opening = undefined
    current = undefined
    onLost()
  }

  return {
    get isOpen() {
      return current !== undefined
    },
    discard,
    isOf: (writer) => current?.writer === writer,

    async close() {
      if (opening === undefined) return
      const { duck, writer, idle } = await open()
      discard()
      for (const connection of [writer, ...idle]) connection.closeSync()
      duck.close()
    },

    async writer() {
      return (await open()).writer
    },

    async withConnection(task) {
      const { duck, idle } = await open()
      const connection = idle.pop() ?? (await duck.connect())
      try {
        return await task(connection, duck.library)
      } finally {
        idle.push(connection)
      }
    },

    async refresh(now, emptied) {
      if (opening === undefined) return
      const { writer } = await open()
      try {
        await writer.run('BEGIN TRANSACTION')
        for (const statement of [...(emptied ? emptyTables() : []), ...views(folder, now)]) {
          await writer.run(statement)
        }
        await writer.run('COMMIT')
      } catch {
        // What is told of the files must not be older than they are: rows would count twice.
        discard()
      }
    },
  }
}

function emptyTables(): readonly string[] {
  return tables.map(createFresh)
}

function views(folder: string, files: readonly LakeFile[]): readonly string[] {
  const byTable = new Map(tables.map((table): [string, LakeFile[]] => [table.name, []]))
  for (const file of files) byTable.get(file.table)!.push(file)
  const own = (table: Table): string => createView(table, folder, byTable.get(table.name)!)
  return [...tables.map(own), createCatalogue]
}

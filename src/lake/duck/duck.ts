import { mkdir, rm } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { StarlingError } from '../../error.ts'

/** The library, loaded when it is first needed: 100 ms and 70 MB that many engines never need. */
export type DuckLibrary = typeof import('@duckdb/node-api')

/** One database in memory. It reads and writes below the folder of the lake, and nowhere else. */
export interface Duck {
  readonly library: DuckLibrary
  connect(): Promise<DuckDBConnection>
  close(): void
}

export interface DuckOptions {
  readonly folder: string
  /** What queries, and what is not in files yet, may take together; 512 unless told. */
  readonly memoryMb?: number
}

/** Where files are made before they get their name, and where large queries spill. */
export function scratchFolder(folder: string): string {
  return join(folder, 'scratch')
}

/** Rejects with `failed_precondition` where the library is not installed for this machine. */
export async function openDuck({ folder, memoryMb = 512 }: DuckOptions): Promise<Duck> {
  const library = await loadLibrary()
  const scratch = scratchFolder(folder)
  await rm(scratch, { recursive: true, force: true })
  await mkdir(scratch, { recursive: true })
  const instance = await library.DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  // The thread that answers feeds needs a core for itself.
  const threads = Math.max(1, Math.min(2, availableParallelism() - 1))
  const settings = [
    `threads = ${threads}`,
    `memory_limit = '${memoryMb}MB'`,
    `temp_directory = ${quoted(scratch)}`,
    `max_temp_directory_size = '${2 * memoryMb}MB'`,
    `TimeZone = 'UTC'`,
    'preserve_insertion_order = false',
    // Files of the lake never change under their name: what was read of one stays true.
    'parquet_metadata_cache = true',
    'autoinstall_known_extensions = false',
    'autoload_known_extensions = false',
    'allow_community_extensions = false',
    `allowed_directories = [${quoted(`${folder}/`)}]`,
    'enable_external_access = false',
    // From here on no statement changes any of it.
    'lock_configuration = true',
  ]
  for (const setting of settings) await connection.run(`SET ${setting}`)
  connection.closeSync()
  return {
    library,
    connect: () => instance.connect(),
    close: () => instance.closeSync(),
  }
}

/** A text, or a path, as SQL spells it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

async function loadLibrary(): Promise<DuckLibrary> {
  try {
    return await import('@duckdb/node-api')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw new StarlingError(
      'failed_precondition',
      `the lake needs the package @duckdb/node-api, which cannot be loaded here: ${reason}`,
      { cause },
    )
  }
}

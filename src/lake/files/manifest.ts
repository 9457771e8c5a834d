import { join } from 'node:path'
import { StarlingError } from '../../error.ts'
import type { Timestamp } from '../../events/clock.ts'
import type { Offset } from '../../events/log/event-log.ts'
import { systemCode } from '../../events/log/medium/failure.ts'
import { type Medium, writeAll } from '../../events/log/medium/medium.ts'
import type { TableName } from '../tables.ts'
import type { Span } from './span.ts'

/**
 * Which files are the lake, and through which event: written whole, and so the commit of all that
 * changes files. A file that it does not name is none of the lake's.
 */
export interface Manifest {
  /** Rises when files of before cannot be read as they are any more. */
  readonly version: 1
  /** Rows of all events before it lie in the files. */
  readonly through: Offset
  /** The number that the next file gets. */
  readonly serial: number
  readonly files: readonly LakeFile[]
}

export interface LakeFile {
  readonly table: TableName
  readonly span: Span
  /** Within the folder of the table and span. */
  readonly name: string
  readonly rows: number
  readonly bytes: number
  /** Times of its oldest and newest row. */
  readonly from: Timestamp
  readonly to: Timestamp
  /** Offsets of its first and last event; 0 for rows of no event. */
  readonly first: Offset
  readonly last: Offset
}

const emptyManifest: Manifest = { version: 1, through: 0, serial: 0, files: [] }

const fileName = 'manifest.json'

/** Relative to the folder of the lake. */
export function pathOf({ table, span, name }: LakeFile): string {
  return `${table}/${span}/${name}`
}

export async function readManifest(medium: Medium, folder: string): Promise<Manifest> {
  const path = join(folder, fileName)
  let text: string
  try {
    text = await textIn(medium, path)
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return emptyManifest
    throw error
  }
  try {
    // Written by us: what another wrote shows by its version.
    const manifest = JSON.parse(text) as Manifest
    if (manifest.version === 1) return manifest
  } catch (cause) {
    throw new StarlingError('data_loss', `${path} is no manifest of a lake`, { cause })
  }
  throw new StarlingError('failed_precondition', `${path} is of another version of Starling`)
}

export async function writeManifest(
  medium: Medium,
  folder: string,
  manifest: Manifest,
): Promise<void> {
  const fresh = join(folder, `${fileName}.tmp`)
  const file = await medium.open(fresh, 'w+')
  try {
    await writeAll(file, new TextEncoder().encode(JSON.stringify(manifest)), 0)
    await file.sync()
  } finally {
    await file.close()
  }
  await medium.rename(fresh, join(folder, fileName))
  await medium.syncFolder(folder)
}

async function textIn(medium: Medium, path: string): Promise<string> {
  const file = await medium.open(path, 'r')
  try {
    const bytes = new Uint8Array(await file.size())
    for (let read = 0; read < bytes.length; ) {
      const more = await file.read(bytes, read, read)
      if (more === 0) break
      read += more
    }
    return new TextDecoder().decode(bytes)
  } finally {
    await file.close()
  }
}

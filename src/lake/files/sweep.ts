import { readdir, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from '../../events/log/medium/failure.ts'
import { tables } from '../tables.ts'
import { type Manifest, pathOf } from './manifest.ts'

/**
 * Removes files that the manifest does not name: what a crash left half done, or had just replaced.
 */
export async function sweep(folder: string, manifest: Manifest): Promise<void> {
  const named = new Set(manifest.files.map(pathOf))
  for (const { name: table } of tables) {
    for (const span of await namesIn(join(folder, table))) {
      const place = join(folder, table, span)
      for (const name of await namesIn(place)) {
        if (!named.has(`${table}/${span}/${name}`)) await rm(join(place, name), { force: true })
      }
      await removeIfEmpty(place)
    }
  }
}

/** A folder that holds something stays. */
export async function removeIfEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch(() => undefined)
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return []
    throw error
  }
}

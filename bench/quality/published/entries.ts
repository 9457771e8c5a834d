import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Entry } from './entry.ts'

const folder = join(import.meta.dirname, 'entries')

/** All that is entered, set by set: what the files below `entries/` export. */
export async function allEntries(): Promise<readonly Entry[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = found
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const lists = await Promise.all(
    files.map(async (file) => {
      const { entries } = (await import(pathToFileURL(file).href)) as { entries?: Entry[] }
      if (!Array.isArray(entries)) throw new Error(`${file} must export a list "entries"`)
      return entries
    }),
  )
  const entries = lists.flat()
  const names = new Set<string>()
  for (const { set, model } of entries) {
    const name = `${set.name} ${model}`
    if (names.has(name)) throw new Error(`${name} is entered twice`)
    names.add(name)
  }
  return entries
}

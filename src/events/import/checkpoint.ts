import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { Kind } from './layout/mapping.ts'

/** How far an import has come. */
export interface ImportState {
  /** Stands for the files and how they are read; under another one, the state means nothing. */
  readonly dataset: string
  /** Batches that the sink has taken. */
  readonly batchCount: number
  readonly counts: ImportCounts
}

export interface ImportCounts {
  readonly rowCount: number
  readonly accepted: Readonly<Record<Kind, number>>
  readonly duplicates: number
  /** Rows set aside, by the field at fault or by what broke. */
  readonly rejected: Readonly<Record<string, number>>
}

/** Remembers how far an import has come. It may lag behind: what is sent twice is taken once. */
export interface Checkpoint {
  /** `undefined` where nothing is remembered, or nothing that can be read. */
  load(): Promise<ImportState | undefined>
  save(state: ImportState): Promise<void>
  clear(): Promise<void>
}

/** A checkpoint in a file, whole at any moment: it is written beside and then renamed. */
export function fileCheckpoint(path: string): Checkpoint {
  return {
    async load() {
      try {
        // Only `save` writes this file; another dataset's state is told apart by its key.
        return JSON.parse(await readFile(path, 'utf8')) as ImportState
      } catch {
        return undefined
      }
    },
    async save(state) {
      await writeFile(`${path}.new`, JSON.stringify(state))
      await rename(`${path}.new`, path)
    },
    async clear() {
      await rm(path, { force: true })
    },
  }
}

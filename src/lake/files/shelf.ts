import { rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Offset } from '../../events/log/event-log.ts'
import type { Medium } from '../../events/log/medium/medium.ts'
import { type LakeFile, type Manifest, pathOf, readManifest, writeManifest } from './manifest.ts'
import { removeIfEmpty, sweep } from './sweep.ts'

/** The files of the lake, as the manifest names them. */
export interface Shelf {
  readonly files: readonly LakeFile[]
  /** Rows of all events before it lie in the files. */
  readonly through: Offset
  /** A number that no file had before. */
  serial(): number
  /** Puts and takes files, all or none of it. */
  commit(change: Change): Promise<void>
  /** Removes from the disk what was taken before. */
  remove(files: readonly LakeFile[]): Promise<void>
}

export interface Change {
  readonly put: readonly LakeFile[]
  readonly take: readonly LakeFile[]
  readonly through?: Offset
}

export async function openShelf(medium: Medium, folder: string): Promise<Shelf> {
  let manifest = await readManifest(medium, folder)
  let next = manifest.serial
  await sweep(folder, manifest)

  return {
    get files() {
      return manifest.files
    },
    get through() {
      return manifest.through
    },
    serial: () => next++,

    async commit({ put, take, through = manifest.through }) {
      const taken = new Set(take)
      const files = [...manifest.files.filter((file) => !taken.has(file)), ...put]
      const changed: Manifest = { version: 1, through, serial: next, files }
      await medium.makeFolder(folder)
      await writeManifest(medium, folder, changed)
      manifest = changed
    },

    async remove(files) {
      for (const file of files) {
        const path = join(folder, pathOf(file))
        await rm(path, { force: true })
        await removeIfEmpty(dirname(path))
      }
    },
  }
}

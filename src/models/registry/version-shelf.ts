import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { invalid } from '../../error.ts'
import type { Timestamp } from '../../events/clock.ts'
import type { Artifact, ArtifactHeader } from '../model.ts'
import type { DamagedVersion, ModelVersion, SoundVersion } from './registry.ts'
import { isHeld, readVersion } from './version-folder.ts'

/** What lies in a registry's folder, read anew at every call. */
export interface VersionShelf {
  /** Throws `invalid_argument` for a name that cannot be a folder's. */
  pathOf(name: string, version: number): string
  /** In order. */
  names(): Promise<string[]>
  /** The newest first; none for an unknown name. */
  numbersOf(name: string): Promise<number[]>
  versionsOf(name: string): Promise<ModelVersion[]>
  examine(name: string, version: number): Promise<Examined>
}

export type Examined =
  | { readonly version: SoundVersion; readonly artifact: Artifact }
  | { readonly version: DamagedVersion; readonly artifact?: undefined }

/** What `header.json` holds. */
export interface StoredHeader {
  readonly format: 1
  readonly name: string
  readonly version: number
  readonly publishedAt: Timestamp
  readonly metrics: Readonly<Record<string, number>>
  readonly note?: string
  readonly artifact: ArtifactHeader
}

const namePattern = /^[a-z0-9][a-z0-9-]{0,63}$/

export function versionShelf(folder: string): VersionShelf {
  const nameFolder = (name: string): string => {
    if (namePattern.test(name)) return join(folder, name)
    throw invalid('name', `"${name}" must be 1 to 64 of a-z, 0-9 and -, and not begin with -`)
  }
  const shelf: VersionShelf = {
    pathOf: (name, version) => join(nameFolder(name), String(version)),
    names: async () => (await entriesOf(folder)).filter((entry) => namePattern.test(entry)).sort(),

    async numbersOf(name) {
      const entries = await entriesOf(nameFolder(name))
      const numbers = entries.filter((entry) => /^[1-9]\d*$/.test(entry)).map(Number)
      return numbers.sort((left, right) => right - left)
    },

    async versionsOf(name) {
      const versions: ModelVersion[] = []
      // One after the other: a model may be large, and only one at a time need be held.
      for (const number of await shelf.numbersOf(name)) {
        versions.push((await shelf.examine(name, number)).version)
      }
      return versions
    },

    async examine(name, version) {
      try {
        return await readSound(shelf.pathOf(name, version), name, version)
      } catch (error) {
        // Whatever keeps a version from being read, the one before it has to serve.
        const note = error instanceof Error ? error.message : String(error)
        return { version: { name, version, status: 'damaged', note } }
      }
    },
  }
  return shelf
}

/** A version as the outside sees it. */
export function soundVersion(
  { name, version, publishedAt, metrics, note, artifact }: StoredHeader,
  sizeBytes: number,
  { rejection, held }: { readonly rejection?: string | undefined; readonly held: boolean },
): SoundVersion {
  const remark = rejection ?? note
  return {
    name,
    version,
    status: rejection !== undefined ? 'rejected' : held ? 'held' : 'ready',
    kind: artifact.kind,
    publishedAt,
    metrics,
    sizeBytes,
    ...(remark === undefined ? {} : { note: remark }),
  }
}

async function readSound(path: string, name: string, version: number): Promise<Examined> {
  const { header, weights } = await readVersion(path)
  // The checksums say that these are the bytes we wrote.
  const stored = JSON.parse(Buffer.from(header).toString()) as StoredHeader
  if (stored.format !== 1) throw new Error(`format ${stored.format} is unknown, 1 is expected`)
  if (stored.name !== name || stored.version !== version) {
    throw new Error(`it was published as ${stored.name}/${stored.version}`)
  }
  const standing = { rejection: await rejectionOf(path), held: await isHeld(path) }
  const artifact = { header: stored.artifact, weights }
  return { version: soundVersion(stored, weights.length, standing), artifact }
}

async function rejectionOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(join(path, 'rejected'), 'utf8')
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}

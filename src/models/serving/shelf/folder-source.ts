import { mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { invalid, StarlingError } from '../../../error.ts'
import { type Manifest, readManifest } from '../manifest.ts'
import type { Servable } from '../servable.ts'
import type { FoundModel, FoundVersion, ModelSource } from './model-source.ts'

export const manifestFile = 'manifest.json'

/** Opens what a manifest declares; the folder holds the files that it names. */
export type OpenWay = (manifest: Manifest, folder: string) => Promise<Servable>

/**
 * Models that somebody put into a folder: `<name>/<number>/manifest.json`, and beside it what the
 * manifest speaks of. Zeros may stand before the number: `neuralcf/002`. Names that begin with a
 * dot are passed over, so that a version can be copied there under such a name and then renamed.
 */
export async function folderSource(folder: string, open: OpenWay): Promise<ModelSource> {
  await mkdir(folder, { recursive: true }).catch((cause: unknown) => {
    const message = `the folder of models ${folder} cannot be made: ${String(cause)}`
    throw new StarlingError('unavailable', message, { cause })
  })
  return {
    async scan() {
      const models: FoundModel[] = []
      for (const name of await entriesOf(folder)) {
        if (!namePattern.test(name)) continue
        const versions = await versionsIn(join(folder, name), open)
        if (versions.length > 0) models.push({ name, versions })
      }
      return models
    },
  }
}

const namePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/
const numberPattern = /^0*[1-9]\d{0,14}$/

/** Throws `invalid_argument` for a name that cannot be a folder's. */
export function checkModelName(name: string): void {
  if (namePattern.test(name)) return
  throw invalid('name', `"${name}" must be 1 to 64 letters, digits, _, . and -, a letter first`)
}

/** The folder for the next version: three digits, as long as they suffice. */
export async function nextVersion(folder: string): Promise<number> {
  const numbers = (await entriesOf(folder)).filter((entry) => numberPattern.test(entry)).map(Number)
  return Math.max(0, ...numbers) + 1
}

export const versionName = (version: number): string => String(version).padStart(3, '0')

async function versionsIn(folder: string, open: OpenWay): Promise<FoundVersion[]> {
  const found: FoundVersion[] = []
  for (const entry of await entriesOf(folder)) {
    const version = Number(entry)
    if (!numberPattern.test(entry) || found.some((other) => other.version === version)) continue
    const path = join(folder, entry)
    const mark = await markOf(path)
    // Without a manifest it is still on its way here.
    if (mark === undefined) continue
    found.push({ version, mark, open: () => opened(path, open) })
  }
  return found
}

async function opened(folder: string, open: OpenWay): Promise<Servable> {
  const file = join(folder, manifestFile)
  let declared: unknown
  try {
    declared = JSON.parse(await readFile(file, 'utf8'))
  } catch (cause) {
    throw invalid(manifestFile, `cannot be read as JSON: ${String(cause)}`)
  }
  return open(readManifest(declared), folder)
}

/** Names, sizes and times of the files; undefined where there is no manifest. */
async function markOf(folder: string): Promise<string | undefined> {
  const names = (await entriesOf(folder)).sort()
  if (!names.includes(manifestFile)) return undefined
  const marks = await Promise.all(
    names.map(async (name) => {
      const facts = await stat(join(folder, name)).catch(() => undefined)
      return facts?.isFile() ? `${name}/${facts.size}/${facts.mtimeMs}` : ''
    }),
  )
  return marks.join(' ')
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return []
    throw error
  }
}

import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { invalid, StarlingError } from '../../../error.ts'
import { readManifest } from '../manifest.ts'
import type { Signature } from '../servable.ts'
import {
  checkModelName,
  manifestFile,
  nextVersion,
  type OpenWay,
  versionName,
} from './folder-source.ts'

export interface AddVersion {
  /** Where models lie by name. */
  readonly folder: string
  readonly name: string
  /** What the manifest speaks of: the model, or the files of a table or of embeddings. */
  readonly files: readonly string[]
  readonly manifest: string
  /** The next one unless told. */
  readonly version?: number
  readonly open: OpenWay
}

export interface Added {
  readonly version: number
  readonly folder: string
  readonly signature: Signature
}

/**
 * Puts a model into the folder that is served from: opened once to see that it can be, and there as
 * a whole or not at all. Rejects as opening does, and where the version is there already.
 */
export async function addVersion(options: AddVersion): Promise<Added> {
  const { folder, name, files, manifest, open } = options
  checkModelName(name)
  const home = join(folder, name)
  await mkdir(home, { recursive: true })
  const draft = await mkdtemp(join(home, '.import-'))
  try {
    const declared = await readFile(manifest, 'utf8').catch((cause: unknown) => {
      throw invalid('manifest', `cannot be read: ${String(cause)}`)
    })
    const parsed = readManifest(parsedJson(declared))
    await writeFile(join(draft, manifestFile), declared)
    for (const file of files) {
      const target = parsed.format === 'onnx' ? onnxName(parsed.all['model']) : basename(file)
      await copyFile(file, join(draft, target)).catch((cause: unknown) => {
        throw invalid('file', `${file} cannot be read: ${String(cause)}`)
      })
    }
    const servable = await open(parsed, draft)
    const { signature } = servable
    await servable.close()
    const version = options.version ?? (await nextVersion(home))
    const target = join(home, versionName(version))
    await rename(draft, target).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOTEMPTY' || cause.code === 'EEXIST') {
        const message = `version ${version} of ${name} is there already, and is not replaced`
        throw new StarlingError('already_exists', message, { field: 'version' })
      }
      throw invalid(
        'version',
        `${version} of ${name} cannot be made at ${dirname(target)}: ${cause}`,
      )
    })
    return { version, folder: target, signature }
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

const onnxName = (model: unknown): string =>
  typeof model === 'string' ? basename(model) : 'model.onnx'

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw invalid('manifest', `must be JSON: ${String(cause)}`)
  }
}

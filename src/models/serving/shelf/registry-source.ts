import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Artifact } from '../../model.ts'
import type { Registry } from '../../registry/registry.ts'
import { isHeld } from '../../registry/version-folder.ts'
import { versionShelf } from '../../registry/version-shelf.ts'
import type { Servable } from '../servable.ts'
import type { FoundModel, FoundVersion, ModelSource } from './model-source.ts'

/** Makes a saved model one that can be asked. */
export type OpenArtifact = (artifact: Artifact) => Promise<Servable>

/**
 * Models of the registry, as far as their kind is one of `kinds`: what was trained here. Rejected
 * versions don't serve, and those that are held only whoever names them; damaged ones are found to
 * be so when they are opened.
 */
export function registrySource(
  folder: string,
  registry: Pick<Registry, 'load'>,
  kinds: ReadonlyMap<string, OpenArtifact>,
): ModelSource {
  const shelf = versionShelf(folder)
  /** By path: a header never changes. */
  const kindsKnown = new Map<string, string | undefined>()

  const kindOf = async (path: string): Promise<string | undefined> => {
    if (!kindsKnown.has(path)) kindsKnown.set(path, await kindIn(path))
    return kindsKnown.get(path)
  }

  const versionsOf = async (name: string): Promise<FoundVersion[]> => {
    const found: FoundVersion[] = []
    for (const version of await shelf.numbersOf(name)) {
      const path = shelf.pathOf(name, version)
      const open = kinds.get((await kindOf(path)) ?? '')
      if (open === undefined) continue
      const rejected = await readFile(join(path, 'rejected'), 'utf8').catch(() => undefined)
      const held = await isHeld(path).catch(() => false)
      const born = await stat(path).catch(() => undefined)
      found.push({
        ...{ version, mark: `${born?.ino}/${born?.birthtimeMs}` },
        ...(rejected !== undefined && { rejected }),
        ...(held && { held }),
        open: async () => open(await registry.load(name, version)),
      })
    }
    return found
  }

  return {
    async scan() {
      const models: FoundModel[] = []
      for (const name of await shelf.names()) {
        const versions = await versionsOf(name)
        if (versions.length > 0) models.push({ name, versions })
      }
      return models
    },
  }
}

async function kindIn(path: string): Promise<string | undefined> {
  try {
    const stored = JSON.parse(await readFile(join(path, 'header.json'), 'utf8'))
    return String(stored?.artifact?.kind)
  } catch {
    return undefined
  }
}

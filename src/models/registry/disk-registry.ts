import { access, constants, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { invalid, StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import type { ModelVersion, Registry, SoundVersion, TrainingNote } from './registry.ts'
import {
  release,
  removeVersion,
  replaceFile,
  sweepUnfinished,
  writeVersion,
} from './version-folder.ts'
import {
  type StoredHeader,
  soundVersion,
  type VersionShelf,
  versionShelf,
} from './version-shelf.ts'

export interface DiskRegistryOptions {
  /** How many versions that could serve are kept per name, and how many that could not; 5 each. */
  readonly keep?: number
}

/**
 * A registry in a folder, which is made where it is missing. Any number of processes may read it,
 * one at a time may publish. Rejects with `unavailable` where the folder cannot be written.
 */
export async function openRegistry(
  folder: string,
  clock: Clock,
  { keep = 5 }: DiskRegistryOptions = {},
): Promise<Registry> {
  if (!(Number.isInteger(keep) && keep >= 1)) {
    throw invalid('keep', `${keep} must be a whole number >= 1`)
  }
  await allowed(folder, async () => {
    await mkdir(folder, { recursive: true })
    await access(folder, constants.R_OK | constants.W_OK)
  })
  const shelf = versionShelf(folder)
  return { ...reading(shelf), ...writing(shelf, folder, clock, keep) }
}

function reading(shelf: VersionShelf): Pick<Registry, 'list' | 'latest' | 'load'> {
  return {
    async list(name) {
      if (name !== undefined) return shelf.versionsOf(name)
      const versions: ModelVersion[] = []
      for (const each of await shelf.names()) versions.push(...(await shelf.versionsOf(each)))
      return versions
    },

    async latest(name) {
      const passedOver: ModelVersion[] = []
      for (const number of await shelf.numbersOf(name)) {
        const { version, artifact } = await shelf.examine(name, number)
        if (artifact && version.status === 'ready') return { version, artifact, passedOver }
        passedOver.push(version)
      }
      return undefined
    },

    async load(name, number) {
      await checkKnown(shelf, name, number)
      const { version, artifact } = await shelf.examine(name, number)
      if (artifact) return artifact
      throw new StarlingError('data_loss', `model ${name}/${number}: ${version.note}`)
    },
  }
}

function writing(
  shelf: VersionShelf,
  folder: string,
  clock: Clock,
  keep: number,
): Pick<Registry, 'publish' | 'promote' | 'reject' | 'rollback'> {
  const reject = async (name: string, version: number, reason: string): Promise<void> => {
    await checkKnown(shelf, name, version)
    const path = join(shelf.pathOf(name, version), 'rejected')
    await allowed(folder, () => replaceFile(path, Buffer.from(reason)))
  }
  const exclusive = oneAtATime()
  return {
    publish: (name, artifact, note = {}, { held = false } = {}) =>
      exclusive(async () => {
        checkMetrics(note)
        const version = ((await shelf.numbersOf(name))[0] ?? 0) + 1
        const facts = { format: 1, name, version, publishedAt: clock.now() } as const
        const header: StoredHeader = { ...facts, metrics: {}, ...note, artifact: artifact.header }
        const path = shelf.pathOf(name, version)
        await allowed(folder, async () => {
          await mkdir(dirname(path), { recursive: true })
          await sweepUnfinished(dirname(path))
          const readable = Buffer.from(`${JSON.stringify(header, null, 2)}\n`)
          await writeVersion(path, { header: readable, weights: artifact.weights }, held)
        })
        // The model is stored: what cannot be removed now is tried again with the next one.
        await prune(shelf, name, keep).catch(() => undefined)
        return soundVersion(header, artifact.weights.length, { held })
      }),

    promote: (name, version) =>
      exclusive(async () => {
        await checkKnown(shelf, name, version)
        const { version: found } = await shelf.examine(name, version)
        if (found.status === 'rejected' || found.status === 'damaged') {
          const message = `model ${name}/${version} is ${found.status}: ${found.note}`
          throw new StarlingError('failed_precondition', message)
        }
        await allowed(folder, () => release(shelf.pathOf(name, version)))
        return { ...found, status: 'ready' }
      }),

    reject: (name, version, reason) => exclusive(() => reject(name, version, reason)),

    rollback: (name) =>
      exclusive(async () => {
        const [serving, before] = (await shelf.versionsOf(name)).filter(isReady)
        if (!serving || !before) {
          const message = `model "${name}" has no version to go back to`
          throw new StarlingError('failed_precondition', message)
        }
        await reject(name, serving.version, `rolled back to version ${before.version}`)
        return before
      }),
  }
}

async function prune(shelf: VersionShelf, name: string, keep: number): Promise<void> {
  const versions = await shelf.versionsOf(name)
  const fit = versions.filter(isReady)
  // A held one may be on its way to serve.
  const unfit = versions.filter(({ status }) => status === 'rejected' || status === 'damaged')
  const held = versions.filter(({ status }) => status === 'held')
  const old = [fit, unfit, held].flatMap((each) => each.slice(keep))
  for (const { version } of old) {
    await removeVersion(shelf.pathOf(name, version))
  }
}

function isReady(version: ModelVersion): version is SoundVersion {
  return version.status === 'ready'
}

async function checkKnown(shelf: VersionShelf, name: string, version: number): Promise<void> {
  if ((await shelf.numbersOf(name)).includes(version)) return
  throw new StarlingError('not_found', `model "${name}" has no version ${version}`)
}

/** JSON has no word for NaN: it would come back as null. */
function checkMetrics({ metrics = {} }: TrainingNote): void {
  for (const [metric, value] of Object.entries(metrics)) {
    if (!Number.isFinite(value)) throw invalid(`metrics.${metric}`, `${value} must be finite`)
  }
}

/** Says which folder a disk's refusal was about, and that the operator must act. */
async function allowed(folder: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw new StarlingError('unavailable', `models folder ${folder}: ${message}`, { cause })
  }
}

/** Runs each piece of work after the one before it has ended, however it ended. */
function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const next = last.then(work, work)
    last = next
    return next
  }
}

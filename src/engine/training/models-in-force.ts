import { StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import type { RankerInForce } from '../../feed/rank/learned.ts'
import { loadIals } from '../../models/als/ials-model.ts'
import { loadLogistic } from '../../models/logistic/logistic-model.ts'
import type { Artifact } from '../../models/model.ts'
import { openRegistry } from '../../models/registry/disk-registry.ts'
import type { LoadedVersion, Registry } from '../../models/registry/registry.ts'
import type { Factors } from '../../state/features/user-vector.ts'
import type { Ordinals } from '../../state/state.ts'
import type { ModelView } from '../engine.ts'
import { fingerprintOf } from './learn.ts'

export const factorsName = 'factors'
export const rankerName = 'ranker'

/** The models that requests ask, and the shelf they come from. */
export interface ModelsInForce {
  readonly registry: Registry
  factors(): Factors | undefined
  ranker(): RankerInForce | undefined
  /** The version of the model in force under this name; undefined without one. */
  versionOf(name: string): number | undefined
  /**
   * A ranker by name and version (`ranker/3`), read from disk for every request that asks: for
   * comparing, not for traffic. Undefined where no such version is kept, sound and not rejected.
   */
  rankerNamed(name: string): Promise<RankerInForce | undefined>
  /** Where in the log the models in force stopped learning; undefined without any. */
  readonly through: number | undefined
  /**
   * Takes the newest healthy versions into force, together: no request sees one without the other.
   */
  reload(features: readonly string[]): Promise<void>
  list(): Promise<readonly ModelView[]>
}

export async function openModelsInForce(
  folder: string,
  clock: Clock,
  ordinals: Ordinals,
): Promise<ModelsInForce> {
  const registry = await openRegistry(folder, clock)
  let factors: Factors | undefined
  let ranker: RankerInForce | undefined
  let through: number | undefined
  let known: readonly string[] = []
  const notes = new Map<string, string>()
  const inForce = new Map<string, number>()

  /** The newest version that can be read here; one that cannot is passed over, saying why. */
  const load = async <Kind>(
    name: string,
    read: (artifact: Artifact) => Kind,
  ): Promise<{ loaded: LoadedVersion; model: Kind } | undefined> => {
    const loaded = await registry.latest(name)
    if (loaded === undefined) return undefined
    try {
      checkItems(loaded.artifact, ordinals)
      const model = read(loaded.artifact)
      notes.delete(name)
      inForce.set(name, loaded.version.version)
      return { loaded, model }
    } catch (error) {
      notes.set(name, error instanceof Error ? error.message : String(error))
      inForce.delete(name)
      return undefined
    }
  }

  return {
    registry,
    factors: () => factors,
    ranker: () => ranker,
    versionOf: (name) => inForce.get(name),
    get through() {
      return through
    },

    async rankerNamed(name) {
      const versions = await registry.list(rankerName)
      const asked = versions.find(
        ({ version, status }) => status === 'ready' && name === `${rankerName}/${version}`,
      )
      if (asked === undefined) return undefined
      try {
        const artifact = await registry.load(rankerName, asked.version)
        checkItems(artifact, ordinals)
        return { model: loadLogistic(artifact, known), version: name }
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause)
        throw new StarlingError('failed_precondition', `${name}: ${why}`, { field: 'model', cause })
      }
    },

    async reload(features) {
      known = features
      const nextFactors = await load(factorsName, loadIals)
      const nextRanker = await load(rankerName, (artifact) => loadLogistic(artifact, features))
      factors = nextFactors?.model
      ranker = nextRanker && {
        model: nextRanker.model,
        version: `${rankerName}/${nextRanker.loaded.version.version}`,
      }
      const learned = nextFactors?.loaded.artifact.header['through']
      through = typeof learned === 'number' ? learned : undefined
    },

    async list() {
      const versions = await registry.list()
      return versions.map((version): ModelView => {
        const { name } = version
        const serving = inForce.get(name) === version.version
        const note = serving ? undefined : (notes.get(name) ?? version.note)
        const sound = version.status === 'damaged' ? undefined : version
        return {
          name,
          version: String(version.version),
          status: serving ? 'serving' : statusOf[version.status],
          trainedAt: sound?.publishedAt ?? 0,
          metrics: sound?.metrics ?? {},
          ...((note ?? version.note) !== undefined && { note: note ?? version.note! }),
        }
      })
    },
  }
}

const statusOf = { ready: 'ready', rejected: 'rejected', damaged: 'failed' } as const

/** A model numbers items as its log did; over another log the numbers are other items. */
function checkItems({ header }: Artifact, ordinals: Ordinals): void {
  const count = Number(header['itemCount'])
  const ids = Array.from({ length: Math.min(count, ordinals.size) }, (_, ordinal) =>
    ordinals.id(ordinal),
  )
  if (!(count <= ordinals.size) || fingerprintOf(ids) !== header['items']) {
    throw new Error('was trained over other items than the log holds: train it anew')
  }
}

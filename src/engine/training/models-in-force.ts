import { StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import type { UserId } from '../../events/event.ts'
import type { RankerInForce, ScoredRun } from '../../feed/rank/learned.ts'
import { loadIals } from '../../models/als/ials-model.ts'
import type { Artifact } from '../../models/model.ts'
import { openRegistry } from '../../models/registry/disk-registry.ts'
import type { LoadedVersion, Registry } from '../../models/registry/registry.ts'
import { loadRankingModel } from '../../models/trees/ranking-models.ts'
import type { Factors } from '../../state/features/user-vector.ts'
import { canaryArm, placeOf } from '../../state/releases/arms.ts'
import type { Ordinals } from '../../state/state.ts'
import type { ModelView } from '../engine.ts'
import type { CurrentRecall } from '../recipes/model-sources.ts'
import { recallFamilies } from './kinds/recall/families.ts'
import { loadRecall } from './kinds/recall/listed.ts'
import type { RecallModel } from './kinds/recall/recall-family.ts'
import { factorsName, rankerName } from './model-names.ts'
import { fingerprintOf } from './origin.ts'

export { factorsName, rankerName } from './model-names.ts'

/** The models that requests ask, and the shelf they come from. */
export interface ModelsInForce {
  readonly registry: Registry
  factors(): Factors | undefined
  /** The one in force, or for users of its share the one that is tried. */
  ranker(user?: UserId): RankerInForce | undefined
  /** Factors of the version in force that have taken in what came since. */
  keepUp(factors: Factors): void
  /**
   * The ranker of a version, further on: it serves in the place of the version until another one
   * does. False where another one does already.
   */
  renewRanker(artifact: Artifact, version: number): boolean
  /** Tries a ranker beside the one in force, or none any more. */
  tryOut(trial: RankerOnTrial | undefined): void
  /** The model that recalls under this name. */
  readonly recall: CurrentRecall
  /**
   * A version of a model that recalls, as it was trained, read from disk: for comparing. Undefined
   * where it is not kept, sound and not rejected; rejects with `failed_precondition` where it
   * cannot be read here.
   */
  recallVersion(name: string, version: number): Promise<RecallModel | undefined>
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

export interface RankerOnTrial {
  readonly ranker: RankerInForce
  readonly version: number
  /** Of users who are served it, in [0, 1]. */
  readonly share: number
  /** Told what the ranker in force was given. */
  readonly scored?: (run: ScoredRun) => void
}

export async function openModelsInForce(
  folder: string,
  clock: Clock,
  ordinals: Ordinals,
): Promise<ModelsInForce> {
  const registry = await openRegistry(folder, clock)
  let factors: Factors | undefined
  let ranker: RankerInForce | undefined
  let onTrial: RankerOnTrial | undefined
  let renewed: RankerInForce | undefined
  let recall: ReadonlyMap<string, RecallModel> = new Map()
  let through: number | undefined
  let known: readonly string[] = []
  const notes = new Map<string, string>()
  const inForce = new Map<string, number>()

  /** The newest version that can be read here; one that cannot is passed over, saying why. */
  const load = async <Kind>(
    name: string,
    read: (artifact: Artifact) => Kind | Promise<Kind>,
  ): Promise<{ loaded: LoadedVersion; model: Kind } | undefined> => {
    const loaded = await registry.latest(name)
    if (loaded === undefined) {
      notes.delete(name)
      inForce.delete(name)
      return undefined
    }
    try {
      checkItems(loaded.artifact, ordinals)
      const model = await read(loaded.artifact)
      notes.delete(name)
      inForce.set(name, loaded.version.version)
      return { loaded, model }
    } catch (error) {
      notes.set(name, error instanceof Error ? error.message : String(error))
      inForce.delete(name)
      return undefined
    }
  }

  /** A version that may be asked, whether it serves or not. */
  const loadVersion = async <Kind>(
    name: string,
    version: number,
    read: (artifact: Artifact) => Kind | Promise<Kind>,
  ): Promise<Kind | undefined> => {
    const status = (await registry.list(name)).find((one) => one.version === version)?.status
    if (status !== 'ready' && status !== 'held') return undefined
    try {
      const artifact = await registry.load(name, version)
      checkItems(artifact, ordinals)
      return await read(artifact)
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      const message = `${name}/${version}: ${why}`
      throw new StarlingError('failed_precondition', message, { field: 'model', cause })
    }
  }

  return {
    registry,
    factors: () => factors,
    ranker(user) {
      if (onTrial === undefined || ranker === undefined) return ranker
      const { share, version, scored } = onTrial
      const isTried = user !== undefined && placeOf(user, canaryArm(rankerName, version)) < share
      if (isTried) return onTrial.ranker
      return scored === undefined ? ranker : { ...ranker, scored }
    },

    keepUp(next) {
      factors = next
    },

    renewRanker(artifact, version) {
      if (inForce.get(rankerName) !== version) return false
      const model = loadRankingModel(artifact, known)
      renewed = { model, version: `${rankerName}/${version}` }
      ranker = renewed
      return true
    },

    tryOut(trial) {
      onTrial = trial
    },

    recall: (name) => recall.get(name),
    versionOf: (name) => inForce.get(name),
    get through() {
      return through
    },

    async rankerNamed(name) {
      const version = Number(name.split('/')[1])
      if (name !== `${rankerName}/${version}`) return undefined
      const model = await loadVersion(rankerName, version, (artifact) =>
        loadRankingModel(artifact, known),
      )
      return model && { model, version: name }
    },

    async recallVersion(name, version) {
      if (name === factorsName) return loadVersion<RecallModel>(name, version, loadIals)
      const family = recallFamilies.find((each) => each.name === name)
      return family && loadVersion(name, version, (artifact) => loadRecall(family, artifact))
    },

    async reload(features) {
      known = features
      const nextFactors = await load(factorsName, loadIals)
      const nextRanker = await load(rankerName, (artifact) => loadRankingModel(artifact, features))
      const nextRecall = new Map<string, RecallModel>()
      for (const family of recallFamilies) {
        const next = await load(family.name, (artifact) => loadRecall(family, artifact))
        if (next !== undefined) nextRecall.set(family.name, next.model)
      }
      factors = nextFactors?.model
      recall = nextRecall
      ranker = nextRanker && {
        model: nextRanker.model,
        version: `${rankerName}/${nextRanker.loaded.version.version}`,
      }
      // What was learned since stays, as long as its version does.
      if (renewed?.version === ranker?.version) ranker = renewed
      else renewed = undefined
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

const statusOf = {
  ready: 'ready',
  held: 'held',
  rejected: 'rejected',
  damaged: 'failed',
} as const

/** A model numbers items as its log did; over another log the numbers are other items. */
function checkItems({ header }: Artifact, ordinals: Ordinals): void {
  const count = Number(header['itemCount'])
  if (!(count <= ordinals.size) || fingerprintOf(ordinals, count) !== header['items']) {
    throw new Error('was trained over other items than the log holds: train it anew')
  }
}

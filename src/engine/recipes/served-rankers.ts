import { StarlingError } from '../../error.ts'
import type { UserId } from '../../events/event.ts'
import { type Scorer, score } from '../../feed/pipeline/scorer.ts'
import { learned } from '../../feed/rank/learned.ts'
import type { FeedModels } from '../serving/feed-models.ts'
import { type ModelsInForce, rankerName } from '../training/models-in-force.ts'
import type { NamedTrials } from '../training/release/named-trials.ts'
import { orderedSources } from './recipes.ts'
import type { Residents } from './residents.ts'

/** Served models as rankers: of a request that asks for one, or of an algorithm that names it. */
export interface ServedRankers {
  /**
   * The ranker in force, and the model behind it: where the model fails, the order is that of the
   * former, and the failure is recorded. A name without a version takes part in the trial of that
   * name. Undefined where no such model is served; rejects with `failed_precondition` for one that
   * can order no feed.
   */
  find(name: string, user: UserId): Promise<readonly Scorer[] | undefined>
  /** The same for whoever has to go on: a model that is gone, or cannot be opened, fails. */
  always(name: string, user: UserId): Promise<readonly Scorer[]>
  /** Those that serve now. */
  names(): readonly string[]
}

export function servedRankers(
  { features }: Pick<Residents, 'features'>,
  models: Pick<ModelsInForce, 'ranker'>,
  served: FeedModels,
  trials: NamedTrials,
): ServedRankers {
  const inStead = (): Scorer => {
    const { contributions: _, ...ranker } = learned(features, orderedSources, models.ranker)
    // It explains nothing: what it says stands only where the model that was asked for fails.
    return ranker
  }

  const find: ServedRankers['find'] = async (name, user) => {
    // Of the ranker of all feeds each version is asked as such.
    if (name.split('/')[0] === rankerName) return undefined
    const model = await served.named(trials.asked(name, user))
    return model && [inStead(), trials.watched(name, model)]
  }

  return {
    find,
    names: () => served.names().filter((name) => name !== rankerName),
    async always(name, user) {
      try {
        const message = `model ${name} is not served any more`
        const gone = () => failing(name, new StarlingError('not_found', message))
        return (await find(name, user)) ?? [inStead(), gone()]
      } catch (error) {
        return [inStead(), failing(name, error)]
      }
    },
  }
}

/** Stands where a model should: the pipeline records why it does not, and goes on without. */
function failing(name: string, error: unknown): Scorer {
  const fail = (): never => {
    throw error
  }
  return { name, model: name, reads: [], writes: [score], score: fail }
}

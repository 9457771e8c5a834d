import { invalid } from '../../error.ts'
import type { UserId } from '../../events/event.ts'
import type { Scene } from '../../feed/delivery/scene.ts'
import { type Scorer, score } from '../../feed/pipeline/scorer.ts'
import { byFeature } from '../../feed/rank/by-feature.ts'
import { learned } from '../../feed/rank/learned.ts'
import { popularity } from '../../feed/rank/popularity.ts'
import { factorMatch } from '../../state/features/factor-match.ts'
import { factorsName, type ModelsInForce, rankerName } from '../training/models-in-force.ts'
import { orderedSources } from './recipes.ts'
import type { Residents } from './residents.ts'
import type { ServedRankers } from './served-rankers.ts'

/** Rankers that a request may choose by name, to compare them over the same candidates. */
export interface NamedRankers {
  /**
   * The scene with this ranker and no other: what is asked for always wins. Rejects with
   * `invalid_argument` where pages of the scene were made before they are asked for, or nothing of
   * the name can be asked.
   */
  into(scene: Scene, model: string, user: UserId): Promise<Scene>
}

const popularName = 'popular'

/**
 * `ranker` is the learned one in force, `ranker/3` a version that is kept and was not rejected; a
 * name without a version takes part in the trial of that name, one with a version never does;
 * `factors` goes by the factor model's score alone (for a user without likes all are alike, and
 * stand as recalled); `popular` by what pleased most people.
 */
export function namedRankers(
  { features, user: taste, popularity: measure }: Residents,
  models: ModelsInForce,
  scenes: ReadonlyMap<string, Scene>,
  served: ServedRankers,
): NamedRankers {
  const find = async (name: string, user: UserId): Promise<readonly Scorer[] | undefined> => {
    if (name === popularName) return [{ ...popularity(measure, score), model: popularName }]
    if (name === factorsName) {
      const version = models.versionOf(factorsName)
      if (version === undefined) return undefined
      const model = `${factorsName}/${version}`
      return [{ ...byFeature(factorsName, factorMatch(taste)), model }]
    }
    if (name === rankerName) {
      return models.ranker() && [learned(features, orderedSources, models.ranker)]
    }
    const asked = await models.rankerNamed(name)
    if (asked !== undefined) return [learned(features, orderedSources, () => asked)]
    return served.find(name, user)
  }

  const names = async (): Promise<readonly string[]> => {
    const versions = await models.registry.list(rankerName)
    const ready = versions.filter(({ status }) => status === 'ready')
    return [
      ...(models.ranker() ? [rankerName] : []),
      ...ready.map(({ version }) => `${rankerName}/${version}`),
      ...(models.versionOf(factorsName) === undefined ? [] : [factorsName]),
      popularName,
      ...served.names(),
    ]
  }

  return {
    async into(scene, model, user) {
      if (scene.delivery !== 'now') {
        const others = [...scenes.values()].filter(({ delivery }) => delivery === 'now')
        throw invalid(
          'model',
          `cannot be chosen in ${scene.name}, whose pages wait before they are asked for; ` +
            `it can in ${others.map(({ name }) => name).join(', ')}`,
        )
      }
      const rankers = await find(model, user)
      if (rankers === undefined) {
        const known = (await names()).join(', ')
        throw invalid('model', `${JSON.stringify(model)} is none that can be asked: ${known}`)
      }
      const { rankNow: _, ...recipe } = scene.recipe
      const others = recipe.rank.filter(
        ({ writes }) => !writes.some(({ name }) => name === recipe.by.name),
      )
      return { ...scene, recipe: { ...recipe, rank: [...rankers, ...others] } }
    },
  }
}

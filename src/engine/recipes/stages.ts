import { customFilter, customMixer, customScorer, customSource } from '../../feed/custom.ts'
import type { Filter } from '../../feed/pipeline/filter.ts'
import type { Mixer } from '../../feed/pipeline/mixer.ts'
import type { Quota, Recipe } from '../../feed/pipeline/recipe.ts'
import type { Scorer } from '../../feed/pipeline/scorer.ts'
import type { Ordinals } from '../../state/state.ts'
import type { Recipes } from './recipes.ts'

/** Stages of an embedding program's own, added to those of what is made for a person. */
export interface OwnStages {
  /** Candidates it may bring besides those of the other sources. */
  readonly sources?: readonly Quota['source'][]
  readonly filters?: readonly Filter[]
  /** Run after the learned ranker; the last one's scores order the feed. */
  readonly scorers?: readonly Scorer[]
  /** Run before pins are set. */
  readonly mixers?: readonly Mixer[]
}

/** Makes stages out of plain functions on item ids. */
export interface StageMakers {
  source(name: string, recall: Parameters<typeof customSource>[2]): Quota['source']
  filter(name: string, keep: Parameters<typeof customFilter>[2]): Filter
  scorer(name: string, scoreOf: Parameters<typeof customScorer>[2]): Scorer
  mixer(name: string, mix: Parameters<typeof customMixer>[2]): Mixer
}

const ownQuota = { limit: 100, deadlineMs: 150 }

export function stageMakers(ordinals: Ordinals): StageMakers {
  return {
    source: (name, recall) => customSource(ordinals, name, recall),
    filter: (name, keep) => customFilter(ordinals, name, keep),
    scorer: (name, scoreOf) => customScorer(ordinals, name, scoreOf),
    mixer: (name, mix) => customMixer(ordinals, name, mix),
  }
}

export function withOwn(recipes: Recipes, own: OwnStages): Recipes {
  const { sources = [], filters = [], scorers = [], mixers = [] } = own
  const { feed, top, shelves, lastRung, sets } = recipes
  const added = (recipe: Recipe): Recipe => ({
    ...recipe,
    recall: [...sources.map((source) => ({ source, ...ownQuota })), ...recipe.recall],
    filter: [...recipe.filter, ...filters],
    rank: [...recipe.rank, ...scorers],
  })
  const filtered = (recipe: Recipe): Recipe => ({
    ...recipe,
    filter: [...recipe.filter, ...filters],
  })
  return {
    ...recipes,
    feed: {
      ...added(feed),
      mix: [...feed.mix.slice(0, -1), ...mixers, ...feed.mix.slice(-1)],
    },
    top: added(top),
    shelves: (asked) => added(shelves(asked)),
    lastRung: filtered(lastRung),
    sets: {
      baseline: filtered(sets.baseline),
      pool: filtered(sets.pool),
      pyramid: { ...filtered(sets.pyramid), rank: [...sets.pyramid.rank, ...scorers] },
    },
  }
}

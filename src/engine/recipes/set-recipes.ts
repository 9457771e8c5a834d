import type { Filter } from '../../feed/pipeline/filter.ts'
import type { Quota, Recipe } from '../../feed/pipeline/recipe.ts'
import { score } from '../../feed/pipeline/scorer.ts'
import type { Source } from '../../feed/pipeline/source.ts'
import { headLength, headOf, nextHead, restOfHead } from '../../feed/pyramid/pool-head.ts'
import { byWeight } from '../../feed/rank/by-weight.ts'
import type { Fit } from '../../feed/recall/fit.ts'
import { fromSet } from '../../feed/recall/sets/from-set.ts'
import { headRecipe } from '../../state/projections/heads.ts'
import { waitingLengthMax } from '../../state/projections/shelf.ts'
import type { CandidateSets } from '../../state/sets/candidate/candidate-sets.ts'
import type { SetDeclaration } from '../../state/sets/candidate/set-declaration.ts'

const deadlineMs = 150

/** What system F takes of each strategy (F-21 to F-25): a hundred, and twenty of a random pool. */
const bestCount = 100
const randomCount = 20

/** The plan to begin with, which every other is compared with (F-16). */
const baselineKinds: ReadonlySet<string> = new Set(['newest', 'hot', 'operator'])

/** Sources over the sets that are declared now; each bears its set's name. */
export function setQuotas(sets: CandidateSets, fit: Fit) {
  const sources = new Map<string, Source>()
  const sourceOf = (name: string): Source => {
    let source = sources.get(name)
    if (source === undefined) sources.set(name, (source = fromSet(sets, name, fit)))
    return source
  }
  const quotas = (limitOf: (set: SetDeclaration) => number): readonly Quota[] =>
    [...sets.declared()].flatMap(([name, set]) => {
      const limit = limitOf(set)
      return limit > 0 ? [{ source: sourceOf(name), limit, deadlineMs }] : []
    })
  const strategyLimit = (set: SetDeclaration): number =>
    set.kind === 'random' ? randomCount : bestCount
  return {
    /** What sets bring to a feed beside its other sources, as their declarations say. */
    feed: () => quotas((set) => set.quota),
    /** Every set as a recall strategy. */
    strategies: () => quotas(strategyLimit),
    /** Hot, newest and what operators chose. */
    baseline: () => quotas((set) => (baselineKinds.has(set.kind) ? strategyLimit(set) : 0)),
  }
}

export interface SetRecipesOptions {
  readonly sets: CandidateSets
  readonly fit: Fit
  /** Strategies that know the user: the middle of the pyramid. */
  readonly personal: readonly Quota[]
  readonly filter: readonly Filter[]
  /** The recipe that a head goes through: ranked and arranged as by it. */
  readonly like: Pick<Recipe, 'rank' | 'mix' | 'by' | 'grounds' | 'slateSizeMax'>
}

export interface SetRecipes {
  /** Hot, newest and operators' sets, by agreement: the control arm of comparisons (F-16). */
  readonly baseline: Recipe
  /** All strategies at once, by how many of them hit an item (F-30). */
  readonly pool: Recipe
  /** Ranks the next head of the user's pool. */
  readonly pyramid: Recipe
}

export function setRecipes(options: SetRecipesOptions): SetRecipes {
  const { sets, fit, personal, filter, like } = options
  const quotas = setQuotas(sets, fit)
  const head = nextHead(fit)
  const names = () => new Set(strategies().map(({ source }) => source.name))
  const strategies = (): readonly Quota[] => [...quotas.strategies(), ...personal]
  const unranked = { filter, rank: [byWeight()], mix: [], by: score, candidateCountMax: 4_000 }
  const ofHead = { limit: headLength, deadlineMs }
  return {
    baseline: {
      ...unranked,
      name: 'baseline',
      recall: [],
      more: quotas.baseline,
      slateSizeMax: like.slateSizeMax,
    },
    pool: {
      ...unranked,
      name: 'pyramid-pool',
      recall: [],
      more: strategies,
      slateSizeMax: waitingLengthMax,
    },
    pyramid: {
      ...like,
      name: headRecipe,
      recall: [{ ...ofHead, source: restOfHead(names, head, fit) }],
      more: () =>
        strategies().map(({ source }) => ({ ...ofHead, source: headOf(source.name, head, fit) })),
      filter,
      candidateCountMax: headLength,
    },
  }
}

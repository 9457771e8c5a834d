import type { UserId } from '../../events/event.ts'
import { dropActedOn } from '../../feed/filter/drop-acted-on.ts'
import { dropBlocked } from '../../feed/filter/drop-blocked.ts'
import { dropExcluded } from '../../feed/filter/drop-excluded.ts'
import { dropOffChannel } from '../../feed/filter/drop-off-channel.ts'
import { dropSeen } from '../../feed/filter/drop-seen.ts'
import { dropUnfit } from '../../feed/filter/drop-unfit.ts'
import { dropWithdrawn } from '../../feed/filter/drop-withdrawn.ts'
import { blend } from '../../feed/mix/blend.ts'
import { exploreSlots } from '../../feed/mix/explore-slots.ts'
import { pin } from '../../feed/mix/pin.ts'
import { groupBy, spread } from '../../feed/mix/spread.ts'
import type { Filter } from '../../feed/pipeline/filter.ts'
import type { Quota, Recipe } from '../../feed/pipeline/recipe.ts'
import { type Scorer, score } from '../../feed/pipeline/scorer.ts'
import type { Source } from '../../feed/pipeline/source.ts'
import { learned, type RankerInForce } from '../../feed/rank/learned.ts'
import { explore } from '../../feed/recall/explore.ts'
import { allowed, type Fit, showable, unseen, untouched } from '../../feed/recall/fit.ts'
import { byInterest } from '../../feed/recall/interest/by-interest.ts'
import { itemNeighbors } from '../../feed/recall/item-neighbors.ts'
import { nearest } from '../../feed/recall/nearest.ts'
import { pinned } from '../../feed/recall/pinned.ts'
import { sameAttribute } from '../../feed/recall/same-attribute.ts'
import { fresh } from '../../feed/recall/sets/fresh.ts'
import { popular } from '../../feed/recall/sets/popular.ts'
import { trending } from '../../feed/recall/sets/trending.ts'
import { sweep } from '../../feed/recall/sweep.ts'
import { ruledOut } from '../../feed/ruled-out.ts'
import { groundsOf } from '../../insight/explain/grounds.ts'
import { hotValues } from '../control/hot-values.ts'
import { modelSources } from './model-sources.ts'
import type { Residents } from './residents.ts'
import { type SetRecipes, setQuotas, setRecipes } from './set-recipes.ts'
import { type ShelvesAsked, shelvesRecipe } from './shelves-recipe.ts'

/**
 * Sources of a feed, and how many candidates each may bring, in the order in which rows are
 * numbered. `explore` has room for hundreds: all other sources name what somebody liked before, or
 * what is new, and among the rest a ranker finds what goes with a taste and nobody met yet.
 */
const quotas = {
  pinned: 20,
  nearest: 150,
  'item-neighbors': 120,
  'same-attribute': 60,
  'by-interest': 60,
  trending: 60,
  popular: 50,
  fresh: 30,
  explore: 300,
} as const

/** Sources of feeds that are always there; candidate sets come and go. */
export const sourceNames: readonly string[] = Object.keys(quotas)

/** Sources whose order means something: that of `explore` is chance. */
export const orderedSources = sourceNames.filter((name) => name !== 'explore')

const deadlineMs = 150
const candidateCountMax = 500

/**
 * The largest page and a few to spare; some pages of the usual size. More would not wait long: the
 * first deed makes all that waits out of date, and writing it is a good part of making a page.
 */
const slateSizeMax = 120

const frame = { by: score, candidateCountMax, slateSizeMax }

/** No more than three of a kind among any six in a row. */
const kindCountMax = 3
const kindWindow = 6

/** One place in so many is given to chance. */
const exploreEvery = 20

export interface Recipes {
  /** A feed for a person: `home`, a channel, "for you". */
  readonly feed: Recipe
  /** The best for a person now, in the ranker's own order; it may show what was shown before. */
  readonly top: Recipe
  /** A page of shelves for a person, of the shape that is asked for. */
  readonly shelves: (asked: ShelvesAsked) => Recipe
  /** What goes with one item. */
  readonly similar: Recipe
  /** Anything that may be shown: the last rung of the ladder. */
  readonly lastRung: Recipe
  /**
   * Sources that algorithms may name beside those of the feed: every candidate set, whatever it
   * brings to feeds by itself, and what was trained for recall.
   */
  readonly beside: () => readonly Quota[]
  /** Over candidate sets: the control arm, and the recall pyramid. */
  readonly sets: SetRecipes
}

export function recipesOf(
  residents: Residents,
  inForce: (user?: UserId) => RankerInForce | undefined,
): Recipes {
  const { catalogue, state, features } = residents
  const hot = hotValues(residents.parameters)
  const always: readonly Filter[] = [
    dropWithdrawn(catalogue),
    dropBlocked(catalogue, state.ordinals, hot.blocked),
    dropExcluded(),
    dropUnfit(),
    dropOffChannel(catalogue),
  ]
  const blocked = () => ruledOut(catalogue, state.ordinals, hot.blocked())
  const isNew = allowed(unseen(catalogue), blocked)
  const ranker = learned(features, orderedSources, inForce)
  const fit = allowed(untouched(catalogue), blocked)
  const sources = sourcesOf(residents, fit).filter(forTheBest)
  const grounds = groundsOf(residents)
  const best = { fit, ranker, grounds, sources, filter: [dropActedOn(), ...always] }
  const groupOf = groupBy(catalogue, residents.attributes.groupBy)
  const kinds = spread({ groupOf, countMax: kindCountMax, window: kindWindow })
  const newSources = sourcesOf(residents, isNew).map(quotaOf)
  const quotasOfSets = setQuotas(residents.sets, isNew)
  const feed: Recipe = {
    ...frame,
    name: 'feed',
    // Chance comes last: it takes what room the others leave.
    recall: newSources.slice(0, -1),
    more: () => [...quotasOfSets.feed(), ...newSources.slice(-1)],
    filter: [dropSeen(), ...always],
    rank: [ranker],
    mix: [
      // Kinds are kept apart first: moved after the blend, rows could leave the shares unmet.
      kinds,
      blend(hot.shares),
      exploreSlots({ source: 'explore', every: exploreEvery }),
      pin(state.ordinals, hot.pins),
    ],
    grounds,
  }
  const beside = allowed(showable(catalogue), blocked)
  const models = modelSources(residents.recall, isNew)
  return {
    feed,
    beside: () => [...quotasOfSets.strategies(), ...models],
    sets: setRecipes({
      ...{ sets: residents.sets, fit: isNew, filter: feed.filter, like: feed },
      personal: newSources.filter(({ source }) => personal.has(source.name)),
    }),
    top: {
      ...frame,
      name: 'top',
      recall: best.sources.map(quotaOf),
      filter: best.filter,
      rank: [ranker],
      mix: [],
      grounds,
    },
    shelves: shelvesRecipe(residents, { ...best, variety: kinds }),
    similar: {
      ...frame,
      name: 'similar',
      recall: [
        ...sourcesOf(residents, beside).map(quotaOf),
        ...modelSources(residents.recall, beside),
      ].filter(({ source }) => besides.has(source.name)),
      filter: always,
      rank: [byAgreement()],
      mix: [],
    },
    lastRung: lastRung(sweep(catalogue, residents.trending, isNew), feed.filter),
  }
}

function lastRung(source: Source, filter: readonly Filter[]): Recipe {
  const recall = [{ ...lastQuota, source }]
  return { ...frame, name: 'last-rung', recall, filter, rank: [byAgreement()], mix: [] }
}

/** Sources that know the user: the middle of the pyramid. */
const personal: ReadonlySet<string> = new Set([
  'nearest',
  'item-neighbors',
  'same-attribute',
  'by-interest',
])

const lastQuota = { limit: 200, deadlineMs: 2_000 }

/** Chance and operators have their places in feeds. */
function forTheBest({ name }: Source): boolean {
  return name !== 'explore' && name !== 'pinned'
}

/** Sources that know what goes with an item. */
const besides: ReadonlySet<string> = new Set([
  'nearest',
  'item-neighbors',
  'same-attribute',
  'content',
])

function sourcesOf(residents: Residents, fit: Fit): readonly Source[] {
  const { catalogue, factors, user, liked, attributes, state } = residents
  const hot = hotValues(residents.parameters)
  return [
    pinned(state.ordinals, hot.pins, fit),
    nearest({ factors, user, fit }),
    itemNeighbors({ lists: residents.neighbors, liked, fit }),
    sameAttribute({ catalogue, attributes: attributes.tags, set: residents.trending, fit }),
    byInterest({ catalogue, attributes: attributes.tags, set: residents.trending, fit }),
    trending(residents.trending, fit),
    popular(residents.popular, fit),
    fresh(residents.fresh, fit),
    explore(residents.rare, fit),
  ]
}

function quotaOf(source: Source): Quota {
  return { source, limit: quotas[source.name as keyof typeof quotas], deadlineMs } // Named above.
}

/** Orders by the sources alone: beside an item there is no person to rank for. */
function byAgreement(): Scorer {
  const names = [...orderedSources, ...besides, 'sweep']
  return { ...learned([], [...new Set(names)], () => undefined), name: 'agreement' }
}

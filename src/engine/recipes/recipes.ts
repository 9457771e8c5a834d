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
import { fresh } from '../../feed/recall/fresh.ts'
import { itemNeighbors } from '../../feed/recall/item-neighbors.ts'
import { nearest } from '../../feed/recall/nearest.ts'
import { pinned } from '../../feed/recall/pinned.ts'
import { popular } from '../../feed/recall/popular.ts'
import { sameAttribute } from '../../feed/recall/same-attribute.ts'
import { sweep } from '../../feed/recall/sweep.ts'
import { trending } from '../../feed/recall/trending.ts'
import { ruledOut } from '../../feed/ruled-out.ts'
import { groundsOf } from '../../insight/explain/grounds.ts'
import { hotValues } from '../doors/hot-values.ts'
import type { Residents } from './residents.ts'
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
  trending: 60,
  popular: 50,
  fresh: 30,
  explore: 300,
} as const

const sourceNames: readonly string[] = Object.keys(quotas)

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
}

export function recipesOf(residents: Residents, inForce: () => RankerInForce | undefined): Recipes {
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
  return {
    feed: {
      ...frame,
      name: 'feed',
      recall: sourcesOf(residents, isNew).map(quotaOf),
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
    },
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
      recall: sourcesOf(residents, allowed(showable(catalogue), blocked))
        .filter(({ name }) => besides.has(name))
        .map(quotaOf),
      filter: always,
      rank: [byAgreement()],
      mix: [],
    },
    lastRung: {
      ...frame,
      name: 'last-rung',
      recall: [{ ...lastQuota, source: sweep(catalogue, residents.trending, isNew) }],
      filter: [dropSeen(), ...always],
      rank: [byAgreement()],
      mix: [],
    },
  }
}

const lastQuota = { limit: 200, deadlineMs: 2_000 }

/** Chance and operators have their places in feeds. */
function forTheBest({ name }: Source): boolean {
  return name !== 'explore' && name !== 'pinned'
}

/** Sources that know what goes with an item. */
const besides: ReadonlySet<string> = new Set(['nearest', 'item-neighbors', 'same-attribute'])

function sourcesOf(residents: Residents, fit: Fit): readonly Source[] {
  const { catalogue, factors, user, liked, attributes, state } = residents
  const hot = hotValues(residents.parameters)
  return [
    pinned(state.ordinals, hot.pins, fit),
    nearest({ factors, user, fit }),
    itemNeighbors({ lists: residents.neighbors, liked, fit }),
    sameAttribute({ catalogue, attributes: attributes.tags, set: residents.trending, fit }),
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
  return { ...learned([], orderedSources.concat('sweep'), () => undefined), name: 'agreement' }
}

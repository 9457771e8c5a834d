import type { Timestamp } from '../../events/clock.ts'
import { compileExpression } from '../../feed/filter/expression/expression.ts'
import { candidateSetFamily } from '../../feed/recall/sets/from-set.ts'
import { type Random, seededRandom } from '../../kernel/random.ts'
import { type ActivityView, activityView } from '../../state/activity/activity-view.ts'
import { type CatalogueView, catalogueView } from '../../state/catalogue/catalogue-view.ts'
import { itemRevisions } from '../../state/catalogue/item-revisions.ts'
import type { ColumnGround } from '../../state/features/declared/sources/source-reader.ts'
import { type Declared, defaultFeatures } from '../../state/features/default-features.ts'
import type { Feature } from '../../state/features/feature.ts'
import { likedNeighbors } from '../../state/features/liked-neighbors.ts'
import type { PerRequest } from '../../state/features/per-request.ts'
import { sourceRanks } from '../../state/features/source-ranks.ts'
import { sourceScores } from '../../state/features/source-scores.ts'
import {
  type CurrentFactors,
  type UserVector,
  userVector,
} from '../../state/features/user-vector.ts'
import { type ParameterView, parameterView } from '../../state/parameter-view.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import { type CandidateSets, candidateSets } from '../../state/sets/candidate/candidate-sets.ts'
import { freshSet } from '../../state/sets/fresh-set.ts'
import { type NeighborLists, neighborLists } from '../../state/sets/neighbor-lists.ts'
import { popularityIn, popularSet } from '../../state/sets/popular-set.ts'
import type { RankedSet } from '../../state/sets/ranked-set.ts'
import { type RareSet, rareSet } from '../../state/sets/rare-set.ts'
import { trendingSet } from '../../state/sets/trending-set.ts'
import type { State } from '../../state/state.ts'
import { itemCounters } from '../../state/tables/item-counters.ts'
import { itemDeeds } from '../../state/tables/item-deeds.ts'
import { fitsDeclaration } from '../control/declared/all.ts'
import { recallFamilies } from '../training/kinds/recall/families.ts'
import type { CurrentRecall } from './model-sources.ts'

/**
 * What requests read from memory, kept fresh by every fold. The same over the live state and over
 * one that is replayed for training: neither sources nor features can tell them apart.
 */
export interface Residents {
  readonly state: State
  readonly catalogue: CatalogueView
  readonly parameters: ParameterView
  readonly trending: RankedSet
  readonly popular: RankedSet
  /** The measure of `popular`: NaN for items that nobody has an opinion of. */
  readonly popularity: (item: Ordinal) => number
  readonly fresh: RankedSet
  readonly rare: RareSet
  readonly activity: ActivityView
  readonly sets: CandidateSets
  readonly neighbors: NeighborLists
  readonly liked: ReturnType<typeof likedNeighbors>
  readonly factors: CurrentFactors
  readonly user: PerRequest<UserVector | undefined>
  readonly recall: CurrentRecall
  readonly features: readonly Feature[]
  /** What columns of declared sets are read from. */
  readonly ground: ColumnGround
  readonly attributes: DeclaredAttributes
}

/**
 * Which attributes of the catalogue sources and features look at. What a catalogue lacks costs
 * nothing.
 */
export interface DeclaredAttributes extends Pick<Declared, 'numbers' | 'tags'> {
  /** Items with the same first tag (or text) of this attribute are kept apart on a page. */
  readonly groupBy: string
}

export const defaultAttributes: DeclaredAttributes = {
  numbers: [{ attribute: 'year', typical: 1995, scale: 10 }],
  tags: ['channels', 'genres', 'keywords', 'cast'],
  groupBy: 'genres',
}

/**
 * What sources say of how good what they bring is, and not only in which order it stands. Declared
 * sets may name these; the ranker of every feed does not learn from them until it is shown on real
 * likes that it gets better by them (decision 0042).
 */
export const recallScores: readonly Feature[] = sourceScores([
  ...['nearest', 'item-neighbors', 'trending', 'popular'],
])

/**
 * What sources say that come and go: one pair of columns for each family that is trained for
 * recall, and one for all candidate sets. No ranker learns from them unless a declared set names
 * them, and then from what was logged: the log alone does not tell what these proposed.
 */
const coming = [...recallFamilies.map(({ name }) => name), candidateSetFamily]
export const comingRecall: readonly Feature[] = [...sourceRanks(coming), ...sourceScores(coming)]

/** Items shown to fewer than this are still to be explored. */
const exploredAt = 50

export interface ResidentsOptions {
  readonly state: State
  readonly attributes: DeclaredAttributes
  /** Names of the sources whose ranks are features. */
  readonly sources: readonly string[]
  readonly factors: CurrentFactors
  /** No recall models unless told. */
  readonly recall?: CurrentRecall
  readonly at: Timestamp
  /** How candidate sets are made: on the spot, as replays want them, unless told. */
  readonly making?: { readonly random: Random; readonly inBackground: boolean }
}

export async function openResidents(options: ResidentsOptions): Promise<Residents> {
  const { state, attributes, sources, factors, at } = options
  const { making = { random: seededRandom('sets'), inBackground: false } } = options
  const catalogue = catalogueView(state)
  await catalogue.load()
  const neighbors = await neighborLists(state)
  const liked = likedNeighbors(neighbors)
  const user = userVector(factors)
  const counters = state.rows(itemCounters)
  const activity = await activityView(state, at)
  const resident = {
    catalogue,
    counters,
    activity,
    neighbors: liked,
    user,
  }
  const parameters = await parameterView(state, fitsDeclaration)
  const fresh = freshSet(state, catalogue, { at })
  const { ordinals } = state
  const features = defaultFeatures(resident, { ...attributes, sources })
  return {
    state,
    catalogue,
    parameters,
    trending: trendingSet(state, catalogue, { heat: 'heatFortnight', attributes: attributes.tags }),
    popular: popularSet(state, catalogue, { attributes: attributes.tags }),
    popularity: (item) =>
      item < counters.rowCount ? popularityIn(counters.data, item * counters.width) : Number.NaN,
    fresh,
    rare: rareSet(state, catalogue, { servedMax: exploredAt }),
    activity,
    sets: candidateSets({
      ...{ state, catalogue, ordinals, activity, counters, parameters, fresh, ...making },
      condition: (filter, moment) =>
        compileExpression(filter, { catalogue, ordinals, clock: { now: () => moment } }).keeps,
    }),
    neighbors,
    liked,
    factors,
    user,
    recall: options.recall ?? (() => undefined),
    features,
    ground: {
      ...{ catalogue, ordinals, counters },
      features: [...features, ...recallScores, ...comingRecall],
      revisions: itemRevisions(state),
      deeds: state.rows(itemDeeds),
    },
    attributes,
  }
}

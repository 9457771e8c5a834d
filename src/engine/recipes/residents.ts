import type { Timestamp } from '../../events/clock.ts'
import { type CatalogueView, catalogueView } from '../../state/catalogue/catalogue-view.ts'
import { type Declared, defaultFeatures } from '../../state/features/default-features.ts'
import type { Feature } from '../../state/features/feature.ts'
import { likedNeighbors } from '../../state/features/liked-neighbors.ts'
import type { PerRequest } from '../../state/features/per-request.ts'
import {
  type CurrentFactors,
  type UserVector,
  userVector,
} from '../../state/features/user-vector.ts'
import { type ParameterView, parameterView } from '../../state/parameter-view.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import { freshSet } from '../../state/sets/fresh-set.ts'
import { type NeighborLists, neighborLists } from '../../state/sets/neighbor-lists.ts'
import { popularityIn, popularSet } from '../../state/sets/popular-set.ts'
import type { RankedSet } from '../../state/sets/ranked-set.ts'
import { type RareSet, rareSet } from '../../state/sets/rare-set.ts'
import { trendingSet } from '../../state/sets/trending-set.ts'
import type { State } from '../../state/state.ts'
import { itemCounters } from '../../state/tables/item-counters.ts'
import { itemWindows } from '../../state/tables/item-windows.ts'

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
  readonly neighbors: NeighborLists
  readonly liked: ReturnType<typeof likedNeighbors>
  readonly factors: CurrentFactors
  readonly user: PerRequest<UserVector | undefined>
  readonly features: readonly Feature[]
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

/** Items shown to fewer than this are still to be explored. */
const exploredAt = 50

export interface ResidentsOptions {
  readonly state: State
  readonly attributes: DeclaredAttributes
  /** Names of the sources whose ranks are features. */
  readonly sources: readonly string[]
  readonly factors: CurrentFactors
  readonly at: Timestamp
}

export async function openResidents(options: ResidentsOptions): Promise<Residents> {
  const { state, attributes, sources, factors, at } = options
  const catalogue = catalogueView(state)
  await catalogue.load()
  const neighbors = await neighborLists(state)
  const liked = likedNeighbors(neighbors)
  const user = userVector(factors)
  const counters = state.rows(itemCounters)
  const resident = {
    catalogue,
    counters,
    windows: state.rows(itemWindows),
    neighbors: liked,
    user,
  }
  return {
    state,
    catalogue,
    parameters: await parameterView(state),
    trending: trendingSet(state, catalogue, { heat: 'heatFortnight', attributes: attributes.tags }),
    popular: popularSet(state, catalogue, { attributes: attributes.tags }),
    popularity: (item) =>
      item < counters.rowCount ? popularityIn(counters.data, item * counters.width) : Number.NaN,
    fresh: freshSet(state, catalogue, { at }),
    rare: rareSet(state, catalogue, { servedMax: exploredAt }),
    neighbors,
    liked,
    factors,
    user,
    features: defaultFeatures(resident, { ...attributes, sources }),
    attributes,
  }
}

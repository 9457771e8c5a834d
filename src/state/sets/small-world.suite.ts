import type { Action, Event, ItemRecord } from '../../events/event.ts'
import { type Random, seededRandom } from '../../kernel/random.ts'
import { activity } from '../activity/activity.ts'
import { type ActivityView, activityView } from '../activity/activity-view.ts'
import { type CatalogueView, catalogueView } from '../catalogue/catalogue-view.ts'
import { openState } from '../folded-state.ts'
import { profile } from '../profile/profile-fold.ts'
import { coOccurrence } from '../projections/co-occurrence.ts'
import { history } from '../projections/history.ts'
import { items } from '../projections/items.ts'
import { parameters } from '../projections/parameters.ts'
import { schema } from '../projections/schema.ts'
import { seen } from '../projections/seen.ts'
import { users } from '../projections/users.ts'
import type { State } from '../state.ts'
import { memoryStore } from '../store/memory-store.ts'
import type { Store } from '../store/store.ts'
import { itemCounters } from '../tables/item-counters.ts'
import { itemDeeds } from '../tables/item-deeds.ts'
import { freshSet } from './fresh-set.ts'
import { type NeighborLists, neighborLists } from './neighbor-lists.ts'
import { popularSet } from './popular-set.ts'
import type { RankedSet } from './ranked-set.ts'
import { type RareSet, rareSet } from './rare-set.ts'
import { trendingSet } from './trending-set.ts'

/** A state with all that sources, filters and features read, small enough to think about. */
export interface SmallWorld {
  readonly state: State
  readonly catalogue: CatalogueView
  readonly neighbors: NeighborLists
  readonly trending: RankedSet
  readonly popular: RankedSet
  readonly fresh: RankedSet
  readonly rare: RareSet
  readonly activity: ActivityView
}

/** The time at which small worlds begin. */
export const worldStart = 1_700_000_000_000

export const hourMs = 3_600_000

export const tagAttributes = ['channels', 'genres'] as const

export async function smallWorld(
  past: readonly Event[],
  store: Store = memoryStore(),
): Promise<SmallWorld> {
  const state = await openState({
    store,
    projections: [schema, items, users, coOccurrence, history, parameters, seen, profile, activity],
    tables: [itemCounters, itemDeeds],
  })
  const catalogue = catalogueView(state)
  await catalogue.load()
  const world = {
    state,
    catalogue,
    neighbors: await neighborLists(state),
    trending: trendingSet(state, catalogue, { heat: 'heatDay', attributes: tagAttributes }),
    popular: popularSet(state, catalogue),
    fresh: freshSet(state, catalogue, { at: worldStart }),
    rare: rareSet(state, catalogue, { servedMax: 3 }),
    activity: await activityView(state, worldStart),
  }
  await state.fold(state.offset, past)
  return world
}

/** Events of a small world: their ids are made of what they say. */
export function put(item: string, record: Partial<ItemRecord> = {}, at = worldStart): Event {
  const id = `put ${item} ${at}`
  return { type: 'item', id, at, item, record: { attributes: {}, channels: [], ...record } }
}

export function act(user: string, action: Action, item: string, at = worldStart): Event {
  return { type: 'action', id: `${user} ${action} ${item} ${at}`, at, action, user, item }
}

export function rate(user: string, item: string, value: number, at = worldStart): Event {
  return { type: 'action', id: `${user} rates ${item}`, at, action: 'rate', user, item, value }
}

export function serve(user: string, itemIds: readonly string[], at = worldStart): Event {
  const entry = { score: 1, sources: [], run: 'run', model: '', expiresAt: at }
  return {
    type: 'served',
    id: `${user} is served ${itemIds} ${at}`,
    at,
    user,
    scene: 'home',
    channel: '',
    request: 'request',
    batch: 1,
    delivery: 'now',
    recipe: 'recipe',
    arms: [],
    items: itemIds.map((item) => ({ ...entry, item })),
    dropped: [],
    repeatable: false,
  }
}

/**
 * A made-up past: 60 items of three genres and two channels, and what eight users did with them.
 */
export function madeUpPast(seed: number | string, count = 400): readonly Event[] {
  const random = seededRandom(seed)
  const puts = Array.from({ length: 60 }, (_, item) => put(`i${item}`, madeUpRecord(random, item)))
  const deeds = Array.from({ length: count }, (_, index): Event => {
    const user = `u${random.below(8)}`
    const item = `i${random.below(70)}`
    const at = worldStart + index * (hourMs / 10)
    const kind = random.below(20)
    if (kind === 0) return { type: 'withdraw', id: `w${index}`, at, item: `i${random.below(60)}` }
    if (kind < 3) return rate(user, item, random.below(6), at)
    if (kind < 6) return serve(user, [item, `i${(index * 7) % 60}`], at)
    const actions = ['impression', 'click', 'like', 'dislike', 'unlike', 'share', 'report'] as const
    return act(user, actions[random.below(actions.length)]!, item, at)
  })
  return [...puts, ...deeds]
}

function madeUpRecord(random: Random, item: number): Partial<ItemRecord> {
  const genres = ['drama', 'comedy', 'crime'].filter(() => random.below(2) === 0)
  const year = { number: item === 8 ? 1e300 : 1950 + random.below(70) }
  return {
    // Some items lack what others have.
    attributes: item % 7 === 0 ? {} : { genres: { tags: genres }, year },
    channels: ['a', 'b'].filter(() => random.below(2) === 0),
    availableFrom: worldStart + (random.below(96) - 72) * hourMs,
  }
}

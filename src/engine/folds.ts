import { activity } from '../state/activity/activity.ts'
import { granted } from '../state/nearline/granted.ts'
import { settled } from '../state/nearline/settled.ts'
import type { Spread } from '../state/partitioned/spread.ts'
import { profile } from '../state/profile/profile-fold.ts'
import { aliases } from '../state/projections/aliases.ts'
import { audience } from '../state/projections/audience.ts'
import { batches, requests } from '../state/projections/batches.ts'
import { coOccurrence } from '../state/projections/co-occurrence.ts'
import { erasures } from '../state/projections/erasures.ts'
import { eventIds } from '../state/projections/event-ids.ts'
import { feeds } from '../state/projections/feeds.ts'
import { heads } from '../state/projections/heads.ts'
import { history } from '../state/projections/history.ts'
import { items } from '../state/projections/items.ts'
import { parameters } from '../state/projections/parameters.ts'
import type { Projection } from '../state/projections/projection.ts'
import { pulse } from '../state/projections/pulse.ts'
import { schema } from '../state/projections/schema.ts'
import { seen } from '../state/projections/seen.ts'
import { shelf } from '../state/projections/shelf.ts'
import { users } from '../state/projections/users.ts'
import { verdicts } from '../state/projections/verdicts.ts'
import { outcomes } from '../state/releases/outcomes.ts'
import { releases } from '../state/releases/releases.ts'
import { itemCounters } from '../state/tables/item-counters.ts'
import { itemDeeds } from '../state/tables/item-deeds.ts'
import { itemVerdicts } from '../state/tables/item-verdicts.ts'
import type { Table } from '../state/tables/table.ts'

/** What recall and ranking read: all that a replay needs to tell what was known at a moment. */
export const knowledge: Folds = {
  projections: [parameters, schema, items, users, history, seen, coOccurrence, profile, activity],
  tables: [itemCounters, itemDeeds],
}

/** Everything that the state of an engine is made of. */
export const folds: Folds = {
  projections: [
    ...knowledge.projections,
    aliases,
    pulse,
    shelf,
    heads,
    batches,
    requests,
    feeds,
    eventIds,
    erasures,
    verdicts,
    audience,
    granted,
    settled,
    releases,
    outcomes,
  ],
  tables: [...knowledge.tables, itemVerdicts],
}

/** What the state owes to single users, and gives back; sums over many keep no names. */
export const personal: Folds = {
  projections: folds.projections.filter(
    (projection) => projection.keyBy === 'user' || projection.owner || projection === audience,
  ),
  tables: [itemVerdicts],
}

/**
 * How the state is divided among partitions. Of a merge, ids that were merged before hear as well:
 * users whom the event does not name.
 */
export const spread: Spread = {
  ...folds,
  everywhere: [parameters, schema, items],
  // Offers are long, and what they come to is short: no partition is sent them.
  whole: [users, aliases, eventIds, erasures, granted, settled, releases, outcomes],
}

export interface Folds {
  readonly projections: readonly Projection<unknown>[]
  readonly tables: readonly Table[]
}

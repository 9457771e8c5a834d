import { aliases } from '../state/projections/aliases.ts'
import { audience } from '../state/projections/audience.ts'
import { batches, requests } from '../state/projections/batches.ts'
import { coOccurrence } from '../state/projections/co-occurrence.ts'
import { erasures } from '../state/projections/erasures.ts'
import { eventIds } from '../state/projections/event-ids.ts'
import { feeds } from '../state/projections/feeds.ts'
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
import { itemCounters } from '../state/tables/item-counters.ts'
import { itemVerdicts } from '../state/tables/item-verdicts.ts'
import { itemWindows } from '../state/tables/item-windows.ts'
import type { Table } from '../state/tables/table.ts'

/** What recall and ranking read: all that a replay needs to tell what was known at a moment. */
export const knowledge: Folds = {
  projections: [parameters, schema, items, history, seen, coOccurrence],
  tables: [itemCounters, itemWindows],
}

/** Everything that the state of an engine is made of. */
export const folds: Folds = {
  projections: [
    ...knowledge.projections,
    users,
    aliases,
    pulse,
    shelf,
    batches,
    requests,
    feeds,
    eventIds,
    erasures,
    verdicts,
    audience,
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

export interface Folds {
  readonly projections: readonly Projection<unknown>[]
  readonly tables: readonly Table[]
}

import { StarlingError } from '../../../error.ts'
import type { Timestamp } from '../../../events/clock.ts'
import type { Event, ItemId, UserId } from '../../../events/event.ts'
import type { EventLog } from '../../../events/log/event-log.ts'
import { openState } from '../../../state/folded-state.ts'
import { profile } from '../../../state/profile/profile-fold.ts'
import { history } from '../../../state/projections/history.ts'
import { items } from '../../../state/projections/items.ts'
import { parameters } from '../../../state/projections/parameters.ts'
import type { State } from '../../../state/state.ts'
import { memoryStore } from '../../../state/store/memory-store.ts'

/** A state that knows of one person alone, as of a moment. */
export interface AsOf {
  readonly state: State
  /** Under which of their ids they were known then. */
  readonly user: UserId
}

/** A longer log takes too long to read for one answer. */
const eventCountMax = 2_000_000

/**
 * Folds what one person did until a moment anew, by the folds that the live state is made by: what
 * lies after it cannot show. Reads the log twice, first to find the items that are needed, so that
 * memory holds those alone.
 */
export async function profileAsOf(
  log: EventLog,
  { user, ids, at }: { user: UserId; ids: ReadonlySet<UserId>; at: Timestamp },
): Promise<AsOf> {
  if (log.tail > 0) throw tooEarly('the log no longer reaches back to its beginning')
  const count = log.head - log.tail
  if (count > eventCountMax) {
    throw tooEarly(`the log holds ${count} events, and at most ${eventCountMax} are read for it`)
  }
  const met = new Set<ItemId>()
  for await (const batch of log.read(log.tail)) {
    for (const { event } of batch) {
      if (event?.type === 'action' && event.item !== undefined && ids.has(event.user)) {
        met.add(event.item)
      }
    }
  }
  const isAbout = (event: Event): boolean => {
    // Deeds are told by the record that stood when they were logged, whatever its time: an import
    // describes items today, and tells of deeds of years ago.
    if (event.type === 'item' || event.type === 'withdraw') return met.has(event.item)
    if (event.at > at) return false
    if (event.type === 'action') return ids.has(event.user)
    if (event.type === 'merge') return ids.has(event.from) && ids.has(event.into)
    return event.type === 'parameter'
  }
  const projections = [parameters, items, history, profile]
  const state = await openState({ store: memoryStore(), projections, tables: [] })
  let known = user
  for await (const batch of log.read(log.tail)) {
    // What came in while the items were looked for may name others: it is as if it came later.
    const events = batch.map(({ event }) => (event && isAbout(event) ? event : undefined))
    await state.fold(state.offset, events)
    for (const event of events) {
      if (event?.type === 'merge' && event.from === known) known = event.into
    }
  }
  return { state, user: known }
}

function tooEarly(why: string): StarlingError {
  return new StarlingError(
    'failed_precondition',
    `at is earlier than what the profile rests on changed last, and ${why}: ` +
      'ask for a later moment',
    { field: 'at' },
  )
}

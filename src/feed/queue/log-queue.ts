import type { Timestamp } from '../../events/clock.ts'
import type { Event, OfferedEvent, QueueEntry, ServedEvent } from '../../events/event.ts'
import type { Journal } from '../../state/journal.ts'
import type { AliasView } from '../../state/projections/aliases.ts'
import {
  type Batch,
  batches,
  batchKey,
  batchLifeMs,
  requests,
} from '../../state/projections/batches.ts'
import type { Entry } from '../../state/projections/packed-entries.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import { dayOf, isSeen, type Seen, seen } from '../../state/projections/seen.ts'
import {
  emptyShelf,
  keptBeside,
  type Shelf,
  shelf,
  shelfKey,
} from '../../state/projections/shelf.ts'
import type { State } from '../../state/state.ts'
import type { FeedKey, FeedQueue, Offer, Take, Taken } from './feed-queue.ts'
import { turns } from './turns.ts'

export interface LogQueueOptions {
  readonly journal: Journal
  readonly state: State
  readonly newId: () => string
  /** Who somebody turned out to be: they may have been merged while they waited for their turn. */
  readonly aliases: Pick<AliasView, 'resolve'>
}

/**
 * The embedded queue: every step is an event, and the queue a fold of them. What to take is decided
 * here, one user at a time; the events say what was decided, so a replay decides nothing again.
 */
export function logQueue({ journal, state, newId, aliases }: LogQueueOptions): FeedQueue {
  const users = turns()

  const read = async (key: FeedKey): Promise<{ before: Shelf; past: Seen | undefined }> => {
    const name = shelfKey(key.user, key.scene, key.channel)
    const known = await state.read([
      { projection: shelf, key: name },
      { projection: seen, key: key.user },
    ])
    return { before: known.get(shelf, name) ?? emptyShelf, past: known.get(seen, key.user) }
  }

  const find = async (name: string, at: Timestamp): Promise<Batch | undefined> => {
    const known = await state.read([{ projection: batches, key: name }])
    const batch = known.get(batches, name)
    return batch !== undefined && at - batch.at < batchLifeMs ? batch : undefined
  }

  // Spelled out: a spread costs ten times as much, and an offer has hundreds.
  const outside = ({ item, score, sources, run, model, expiresAt }: Entry): QueueEntry => {
    return { item: state.ordinals.id(item), score, sources, run, model, expiresAt }
  }

  const offered = (key: FeedKey, offer: Offer, at: Timestamp): OfferedEvent => ({
    type: 'offered',
    id: newId(),
    at,
    ...key,
    writer: offer.writer,
    entries: offer.entries.map(outside),
    replace: offer.replace,
    pulse: offer.pulse,
  })

  const takeNow = async (take: Take): Promise<Taken> => {
    const { before, past } = await read(take.key)
    const plan = planTake(before, past, take)
    if ('short' in plan) return plan
    const served: ServedEvent = {
      type: 'served',
      id: newId(),
      // Times of a feed rise strictly: system N's contract names its pages by them.
      at: Math.max(take.at, before.lastAt + 1),
      ...take.key,
      request: take.request,
      batch: before.lastBatch + 1,
      delivery: take.delivery,
      recipe: take.recipe,
      arms: take.arms,
      items: plan.shown.map(outside),
      dropped: plan.dropped.map(({ item }) => state.ordinals.id(item)),
      repeatable: take.repeatable,
    }
    // Nothing fits: that is an answer, and no page that anyone could page back to.
    if (plan.shown.length === 0) {
      return { batch: { ...served, batch: before.lastBatch, items: [] } }
    }
    const offers = leavesSomething(before, plan, take) ? take.offers : []
    const events: readonly Event[] = [
      ...offers.map((offer) => offered(take.key, offer, take.at)),
      served,
    ]
    await journal.record(events)
    return { batch: { ...served, items: plan.shown } }
  }

  return {
    async take(take) {
      for (;;) {
        const user = aliases.resolve(take.key.user)
        const taken = await users.run(user, async () =>
          aliases.resolve(user) === user
            ? takeNow({ ...take, key: { ...take.key, user } })
            : undefined,
        )
        if (taken !== undefined) return taken
      }
    },

    offer: (key, offer, at) => users.run(key.user, () => journal.record([offered(key, offer, at)])),

    batch: (key, batch, at) => find(batchKey(key.user, key.scene, key.channel, batch), at),

    newest: async (key) => (await read(key)).before.lastBatch,

    async byRequest(request, at) {
      const known = await state.read([{ projection: requests, key: request }])
      const place = known.get(requests, request)
      return place === undefined ? undefined : find(place.batch, at)
    },

    alone: users.run,
  }
}

interface Decided {
  readonly shown: readonly Entry[]
  readonly dropped: readonly Entry[]
}

type Plan = Decided | Extract<Taken, { short: unknown }>

/**
 * Whether offers have to be told beside the page: where they leave nothing waiting, and nothing
 * waited before, the page says it all. A page of shelves would be written twice otherwise.
 */
function leavesSomething(before: Shelf, { shown, dropped }: Decided, { offers }: Take): boolean {
  if (before.waiting.length > 0) return true
  const gone = new Set([...shown, ...dropped].map(({ item }) => item))
  return offers.some(({ entries }) => entries.some(({ item }) => !gone.has(item)))
}

/** Chooses the page: what waits first, then what is offered, each item once, best first. */
export function planTake(before: Shelf, past: Seen | undefined, take: Take): Plan {
  const day = dayOf(take.at)
  const gone = (item: Ordinal) =>
    !take.repeatable && (isSeen(past, item, day) || past?.blocked.has(item) === true)
  const stale = take.offers.length === 0 && before.pulse < take.pulseMin
  const shown: Entry[] = []
  const dropped: Entry[] = []
  const met = new Set<number>()
  const consider = (entries: readonly Entry[]): void => {
    for (const entry of entries) {
      if (shown.length === take.size) return
      if (met.has(entry.item)) continue
      met.add(entry.item)
      const fits = gone(entry.item) ? 'drop' : take.fit(entry)
      if (fits === 'show') shown.push(entry)
      else if (fits === 'drop') dropped.push(entry)
    }
  }
  const waiting = take.offers.reduce(
    (kept, { replace }) => keptBeside(kept, { replace, at: take.at }),
    before.waiting,
  )
  consider(waiting)
  for (const offer of take.offers) consider(offer.entries)
  const short = stale || (shown.length < take.size && !take.partial)
  return short ? { short: { fitting: shown.length, stale } } : { shown, dropped }
}

import type { Timestamp } from '../../events/clock.ts'
import type { Event, OfferedEvent, QueueEntry, ServedEvent, UserId } from '../../events/event.ts'
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
import { users as knownUsers } from '../../state/projections/users.ts'
import type { State } from '../../state/state.ts'
import { defaultGrants, type GrantRules } from '../grants/grant-rules.ts'
import type { FeedKey, FeedQueue, Offer, Put, Take, Taken } from './feed-queue.ts'
import { type OfferContext, type PlannedOffer, planOffer, planRest } from './plan-offer.ts'
import { turns } from './turns.ts'

export interface LogQueueOptions {
  readonly journal: Journal
  readonly state: State
  readonly newId: () => string
  /** Who somebody turned out to be: they may have been merged while they waited for their turn. */
  readonly aliases: Pick<AliasView, 'resolve'>
  /** Who may put how much, as it is now; `defaultGrants` unless told. */
  readonly grants?: () => GrantRules
}

/**
 * The embedded queue: every step is an event, and the queue a fold of them. What to take is decided
 * here, one user at a time; the events say what was decided, so a replay decides nothing again.
 */
export function logQueue(options: LogQueueOptions): FeedQueue {
  const { journal, state, newId, aliases, grants = () => defaultGrants } = options
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
  const outside = ({ item, score, sources, run, model, expiresAt, writer }: Entry): QueueEntry => {
    const id = state.ordinals.id(item)
    return writer === undefined
      ? { item: id, score, sources, run, model, expiresAt }
      : { item: id, score, sources, run, model, expiresAt, writer }
  }

  const offered = (
    key: FeedKey,
    offer: Offer,
    at: Timestamp,
    { entries, grant }: PlannedOffer,
  ): OfferedEvent => ({
    type: 'offered',
    id: newId(),
    at,
    ...key,
    writer: offer.writer,
    entries: entries.map(outside),
    replace: offer.replace,
    pulse: offer.pulse,
    ...(grant && { grant }),
    ...(offer.following && {
      through: offer.following.through,
      settled: offer.following.settled,
    }),
  })

  /** The segment that a user belongs to, where rules ask for it. */
  const segmentOf = async (user: UserId, { segmentBy }: GrantRules): Promise<string> => {
    if (segmentBy === undefined) return ''
    const known = await state.read([{ projection: knownUsers, key: user }])
    const value = known.get(knownUsers, user)?.attributes[segmentBy]
    if (value === undefined) return ''
    return 'text' in value ? value.text : 'tags' in value ? (value.tags[0] ?? '') : ''
  }

  const offerNow = async (key: FeedKey, offer: Offer, at: Timestamp): Promise<Put> => {
    const { before, past } = await read(key)
    const asked = offer.entries.length
    if (offer.following !== undefined && before.lastBatch < offer.following.newest) {
      return { granted: 0, denied: { gone: asked } }
    }
    const rules = grants()
    const segment = await segmentOf(key.user, rules)
    const plan = planOffer({ before, past, rules, scene: key.scene, segment, at }, offer)
    await journal.record([offered(key, offer, at, plan)], { settled: true })
    return { granted: plan.entries.length, denied: plan.grant?.denied ?? {} }
  }

  /** The offers of a page that was taken, as far as something is kept of them. */
  const offeredBeside = async (
    take: Take,
    gone: readonly Entry[],
    context: Pick<OfferContext, 'before' | 'past'>,
  ): Promise<readonly Event[]> => {
    const { key, at } = take
    const offers = take.offers.filter(({ fleeting }) => !fleeting)
    if (offers.length === 0) return []
    const rules = grants()
    const segment = await segmentOf(key.user, rules)
    const all = { ...context, rules, segment, scene: key.scene, at }
    const items = new Set(gone.map(({ item }) => item))
    return offers.map((offer) => offered(key, offer, at, planRest(all, offer, items)))
  }

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
      ...(take.refresh && { refresh: true }),
    }
    const olderAt = before.lastBatch > 0 ? before.lastAt : undefined
    // Nothing fits: that is an answer, and no page that anyone could page back to.
    if (plan.shown.length === 0) {
      return { batch: { ...served, batch: before.lastBatch, items: [] }, olderAt }
    }
    const offers = leavesSomething(before, plan, take)
      ? await offeredBeside(take, [...plan.shown, ...plan.dropped], { before, past })
      : []
    await journal.record([...offers, served], { settled: true })
    return { batch: { ...served, items: plan.shown }, olderAt }
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

    offer: (key, offer, at) =>
      users.run(key.user, async () => {
        // Of somebody who was merged meanwhile nobody will ask for a page again.
        if (aliases.resolve(key.user) !== key.user) {
          return { granted: 0, denied: { gone: offer.entries.length } }
        }
        return offerNow(key, offer, at)
      }),

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
function planTake(before: Shelf, past: Seen | undefined, take: Take): Plan {
  const day = dayOf(take.at)
  const gone = (item: Ordinal) =>
    !take.repeatable && (isSeen(past, item, day) || past?.blocked.has(item) === true)
  const stale = take.offers.length === 0 && before.pulse < take.pulseMin
  const shown: Entry[] = []
  const dropped: Entry[] = []
  const met = new Set<number>()
  const consider = (entries: Pick<readonly Entry[], 'length' | 'at'>): void => {
    for (let place = 0; place < entries.length && shown.length < take.size; place++) {
      const entry = entries.at(place)!
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

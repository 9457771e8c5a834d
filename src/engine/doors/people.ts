import { createHash } from 'node:crypto'
import type { Clock } from '../../events/clock.ts'
import { encodeAttributes } from '../../events/decode.ts'
import type { EraseEvent, Event, ItemId, Json, UserId } from '../../events/event.ts'
import type { EventLog } from '../../events/log/event-log.ts'
import type { FeedQueue } from '../../feed/queue/feed-queue.ts'
import type { TraceShelf } from '../../insight/explain/trace-shelf.ts'
import type { Journal } from '../../state/journal.ts'
import { profile } from '../../state/profile/profile-fold.ts'
import type { AliasView } from '../../state/projections/aliases.ts'
import { type Deed, history } from '../../state/projections/history.ts'
import { pulse } from '../../state/projections/pulse.ts'
import { isSeen, seen } from '../../state/projections/seen.ts'
import { users } from '../../state/projections/users.ts'
import type { Ordinals, State } from '../../state/state.ts'
import type { EraseReceipt, ItemView, PastAction, UserExport } from '../engine.ts'
import type { Retention } from '../keeping/retention.ts'
import type { LakeStream } from '../lake/lake-stream.ts'
import { profileInWords } from './profile/profile-in-words.ts'

export interface PeopleOptions {
  readonly log: EventLog
  readonly state: State
  readonly journal: Journal
  readonly traces: TraceShelf
  readonly clock: Clock
  readonly newId: () => string
  readonly aliases: AliasView
  /** What is put into a queue meanwhile must know who is gone. */
  readonly queue: Pick<FeedQueue, 'alone'>
  readonly retention: Pick<Retention, 'forget'>
  readonly lakeStream: Pick<LakeStream, 'forget'>
  /** Marks the models that learned from the user; resolves with their names. */
  readonly markModels: (user: UserId) => Promise<readonly string[]>
  readonly itemViews: (ids: readonly ItemId[]) => Promise<ReadonlyMap<ItemId, ItemView>>
}

/** What is known of one person: their past, all of it, and the end of it. */
export function people(options: PeopleOptions) {
  const { log, state, journal, traces, clock, newId, aliases, retention, markModels } = options

  return {
    async history(id: UserId, limit: number, withItems = false): Promise<readonly PastAction[]> {
      const user = aliases.resolve(id)
      const known = await state.read([{ projection: history, key: user }])
      const deeds = limit === 0 ? [] : (known.get(history, user) ?? []).slice(-limit).reverse()
      const past = deeds.map((deed) => pastAction(deed, state.ordinals))
      if (!withItems) return past
      const views = await options.itemViews([...new Set(past.map(({ item }) => item))])
      return past.map((done): PastAction => {
        const view = views.get(done.item)
        return view === undefined ? done : { ...done, view }
      })
    },

    /** Read from the log itself: what is not there is not stored, and what is there is told. */
    async exportUser(id: UserId): Promise<UserExport> {
      const ids = await idsOf(state, aliases.resolve(id))
      const events: Json[] = []
      for await (const batch of log.read(log.tail)) {
        for (const { event } of batch) {
          // An event is made of JSON values alone; its type says more than `Json` can.
          if (event !== undefined && concerns(event, ids)) events.push(event as unknown as Json)
        }
      }
      return {
        user: id,
        attributes: await attributesOf(state, aliases.resolve(id)),
        events,
        state: await stateOf(state, aliases.resolve(id), clock),
      }
    },

    /**
     * Removes a user everywhere, at once: state first, then the log is rewritten without them, down
     * to the event that asked for it. Their share in sums over many users stays, as numbers.
     */
    async eraseUser(id: UserId): Promise<EraseReceipt> {
      const person = aliases.resolve(id)
      const ids = await idsOf(state, person)
      const erasedAt = clock.now()
      const modelsMarked = await markModels(id)
      const erasures = [...ids].map(
        (user): EraseEvent => ({ type: 'erase', id: newId(), at: erasedAt, user }),
      )
      await options.queue.alone(person, () => journal.record(erasures))
      const before = log.head
      await state.shed()
      await retention.forget(erasures)
      let traceCount = 0
      for (const user of ids) traceCount += await traces.forget(user)
      const { rows, files } = await options.lakeStream.forget(ids, before)
      // Read in its order, the log tells what was said before the erasure from what is said anew.
      let isPast = true
      const eventsErased = await log.erase((event) => {
        const theirs = isPast && concerns(event, ids)
        if (event.id === erasures.at(-1)!.id) isPast = false
        return theirs
      })
      const receipt = createHash('sha256')
        .update([...ids].join('\n'))
        .update(String(erasedAt))
        .digest('hex')
      return {
        receipt: receipt.slice(0, 32),
        erasedAt,
        eventsErased: eventsErased - ids.size,
        stateRemoved: ['profile', 'history', 'seen', 'queues', 'pages', `${traceCount} traces`],
        modelsMarked,
        lakeRowsErased: rows,
        lakeFilesRewritten: files,
      }
    },
  }
}

/** A deed in the words of the API. */
export function pastAction(deed: Deed, ordinals: Pick<Ordinals, 'id'>): PastAction {
  const { item, action, value, at } = deed
  return { item: ordinals.id(item), action, ...(value !== undefined && { value }), at }
}

/** All ids that one person goes by. */
export async function idsOf(state: State, user: UserId): Promise<ReadonlySet<UserId>> {
  const known = await state.read([{ projection: users, key: user }])
  return new Set([user, ...(known.get(users, user)?.aliases ?? [])])
}

function concerns(event: Event, ids: ReadonlySet<UserId>): boolean {
  if ('user' in event) return ids.has(event.user)
  return event.type === 'merge' && (ids.has(event.from) || ids.has(event.into))
}

async function attributesOf(state: State, user: UserId): Promise<UserExport['attributes']> {
  const known = await state.read([{ projection: users, key: user }])
  return encodeAttributes(known.get(users, user)?.attributes ?? {})
}

/** What has been concluded of a user, in words and ids. */
async function stateOf(state: State, user: UserId, clock: Clock): Promise<UserExport['state']> {
  const known = await state.read([
    { projection: history, key: user },
    { projection: seen, key: user },
    { projection: pulse, key: user },
    { projection: profile, key: user },
  ])
  const past = known.get(seen, user)
  const own = known.get(profile, user)
  const today = Math.floor(clock.now() / 86_400_000)
  const name = (item: number): string => state.ordinals.id(item)
  return {
    deeds: (known.get(history, user) ?? []).map(({ item, action, value, at }) => ({
      item: name(item),
      action,
      value: value ?? null,
      at,
    })),
    seen: [...(past?.until.keys() ?? [])].filter((item) => isSeen(past, item, today)).map(name),
    blocked: [...(past?.blocked ?? [])].map(name),
    pulse: known.get(pulse, user) ?? 0,
    profile: own === undefined ? null : profileInWords(own, name),
  }
}

import { invalid, StarlingError } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import { decodeItem, decodeUser, encodeAttributes } from '../../events/decode.ts'
import { idOf } from '../../events/decode-field.ts'
import {
  type AttributeValue,
  attributeType,
  type Event,
  type ItemId,
  type UserId,
} from '../../events/event.ts'
import type { FeedQueue } from '../../feed/queue/feed-queue.ts'
import { type Rejection, rejection, type Tracked } from '../../feed/tracking/event-door.ts'
import type { CatalogueView } from '../../state/catalogue/catalogue-view.ts'
import { checkAgainstSchema } from '../../state/catalogue/check-against-schema.ts'
import type { Journal } from '../../state/journal.ts'
import type { AliasView } from '../../state/projections/aliases.ts'
import { items, type StoredItem } from '../../state/projections/items.ts'
import type { AttributeSchema } from '../../state/projections/schema.ts'
import { users } from '../../state/projections/users.ts'
import type { State } from '../../state/state.ts'
import type { ItemView, UserView } from '../engine.ts'

export interface RecordsOptions {
  readonly state: State
  readonly journal: Journal
  readonly clock: Clock
  readonly newId: () => string
  readonly aliases: AliasView
  readonly catalogue: Pick<CatalogueView, 'attributes'>
  readonly queue: Pick<FeedQueue, 'alone'>
}

/** Rows of one call. */
const rowCountMax = 10_000

/** The catalogue and the users: what they are, in and out. */
export function records(options: RecordsOptions) {
  const { state, journal, clock, newId, aliases, catalogue, queue } = options

  /** Judges each row by itself, and records the good ones together. */
  const put = async (
    field: string,
    raws: readonly unknown[],
    decode: (raw: unknown) => Event,
  ): Promise<Tracked> => {
    if (raws.length > rowCountMax) {
      throw invalid(field, `has ${raws.length} rows; at most ${rowCountMax} go in one call`)
    }
    const rejected: Rejection[] = []
    const events: Event[] = []
    for (const [index, raw] of raws.entries()) {
      try {
        events.push(decode(raw))
      } catch (error) {
        rejected.push(rejection(index, error))
      }
    }
    await journal.record(events)
    return { accepted: events.length, duplicates: 0, rejected }
  }

  const readItem = async (item: ItemId): Promise<StoredItem | undefined> => {
    const known = await state.read([{ projection: items, key: item }])
    return known.get(items, item)
  }

  /** The views of several items, in one trip; items that nobody described are left out. */
  const itemViews = async (ids: readonly ItemId[]): Promise<ReadonlyMap<ItemId, ItemView>> => {
    const known = await state.read(ids.map((key) => ({ projection: items, key })))
    return new Map(
      ids.flatMap((id) => {
        const stored = known.get(items, id)
        return stored === undefined ? [] : [[id, itemView(id, stored)] as const]
      }),
    )
  }

  return {
    putItems(raws: readonly unknown[]): Promise<Tracked> {
      // Rows of one call are held against each other as well: the first fixes the type.
      const schema = new Map(catalogue.attributes)
      return put('items', raws, (raw) => {
        const { item, record } = decodeItem(raw, clock.now())
        checkAgainstSchema(record, schema)
        for (const [name, value] of Object.entries(record.attributes)) {
          if (!schema.has(name)) schema.set(name, shapeOf(value, item))
        }
        return { type: 'item', id: newId(), at: clock.now(), item, record }
      })
    },

    async item(id: ItemId): Promise<ItemView | undefined> {
      const stored = await readItem(id)
      return stored === undefined ? undefined : itemView(id, stored)
    },

    itemViews,

    async items(ids: readonly ItemId[]): Promise<readonly ItemView[]> {
      return [...(await itemViews([...new Set(ids)])).values()]
    },

    async withdrawItem(item: ItemId): Promise<boolean> {
      if ((await readItem(item)) === undefined) return false
      await journal.record([{ type: 'withdraw', id: newId(), at: clock.now(), item }])
      return true
    },

    putUsers: (raws: readonly unknown[]): Promise<Tracked> =>
      put('users', raws, (raw) => {
        const { user, attributes } = decodeUser(raw, clock.now())
        return {
          type: 'user',
          id: newId(),
          at: clock.now(),
          user: aliases.resolve(user),
          attributes,
        }
      }),

    async user(id: UserId): Promise<UserView | undefined> {
      const known = await state.read([{ projection: users, key: id }])
      const stored = known.get(users, id)
      if (stored === undefined) return undefined
      const { attributes, mergedInto } = stored
      return { id, attributes: encodeAttributes(attributes), ...(mergedInto && { mergedInto }) }
    },

    async mergeUsers(from: UserId, into: UserId): Promise<void> {
      idOf('from', from)
      idOf('into', into)
      if (from === into)
        throw invalid('from', 'must be another user than the one it is merged into')
      const merge = async (): Promise<void> => {
        const known = aliases.resolve(into)
        if (known === from) {
          throw new StarlingError(
            'failed_precondition',
            `${into} was merged into ${from} before: the other way round would make a circle`,
          )
        }
        await journal.record([{ type: 'merge', id: newId(), at: clock.now(), from, into: known }])
      }
      // No page is taken for either of them in between: it would be neither's. Always in the same
      // order, so that two merges at once never wait for each other.
      const [first, second] = from < into ? [from, into] : [into, from]
      await queue.alone(first, () => queue.alone(second, merge))
    },
  }
}

function shapeOf(value: AttributeValue, firstItem: ItemId): AttributeSchema {
  const dimensions = 'vector' in value ? { dimensions: value.vector.length } : {}
  return { type: attributeType(value), ...dimensions, firstItem, firstOffset: -1 }
}

function itemView(id: ItemId, { record, withdrawn }: StoredItem): ItemView {
  const { attributes, ...rest } = record
  return { id, attributes: encodeAttributes(attributes), ...rest, withdrawn }
}

import type { Timestamp } from '../../events/clock.ts'
import type { Attributes, Event, UserId } from '../../events/event.ts'
import { decodeJson, encodeJson } from './json-value.ts'
import type { Happening, Need, Past, Projection } from './projection.ts'

/** What we were told of a user. A user known only by what they did has no row. */
export interface StoredUser {
  readonly attributes: Attributes
  /** When we were first told anything. */
  readonly firstAt: Timestamp
  /** Who they turned out to be: all else is known under that id. */
  readonly mergedInto?: UserId
  /** Ids that turned out to be this user, directly or through another; oldest merge first. */
  readonly aliases?: readonly UserId[]
}

type Change =
  | { readonly attributes: Attributes; readonly at: Timestamp }
  | {
      readonly absorbed: StoredUser | undefined
      readonly aliases: readonly UserId[]
      readonly at: Timestamp
    }
  | { readonly movedInto: UserId; readonly at: Timestamp }
  | { readonly pointInto: UserId; readonly at: Timestamp }

/**
 * Users by id. After a merge, `into` holds its own attributes and those of `from` that it lacked,
 * and every alias points to it directly. An id that was merged away and is merged into later stands
 * for itself again.
 */
export const users: Projection<StoredUser, Change> = {
  name: 'users',
  version: 1,
  keyBy: 'user',

  reads(event: Event): readonly Need[] {
    return event.type === 'merge' ? [{ projection: users, key: event.from }] : []
  },

  changes({ event }: Happening, past: Past) {
    if (event.type === 'user') {
      return [[event.user, { attributes: event.attributes, at: event.at }]]
    }
    if (event.type !== 'merge' || event.from === event.into) return []
    const { from, into, at } = event
    const absorbed = past.get(users, from)
    const before = (absorbed?.aliases ?? []).filter((alias) => alias !== into)
    return [
      [into, { absorbed, aliases: [...before, from], at }],
      [from, { movedInto: into, at }],
      ...before.map((alias) => [alias, { pointInto: into, at }] as const),
    ]
  },

  fold(value, change) {
    const firstAt = value?.firstAt ?? change.at
    if ('attributes' in change) return { ...value, attributes: change.attributes, firstAt }
    if ('movedInto' in change) return { attributes: {}, firstAt, mergedInto: change.movedInto }
    if ('pointInto' in change) {
      return { attributes: {}, ...value, firstAt, mergedInto: change.pointInto }
    }
    const { absorbed, aliases } = change
    return {
      attributes: { ...absorbed?.attributes, ...value?.attributes },
      firstAt: Math.min(firstAt, absorbed?.firstAt ?? firstAt),
      aliases: [...new Set([...(value?.aliases ?? []), ...aliases])],
    }
  },

  encode: encodeJson,
  decode: decodeJson,
}

import type { Timestamp } from '../../events/clock.ts'
import type { Action, ActionEvent, Event } from '../../events/event.ts'
import { type Deed, history } from '../projections/history.ts'
import { items } from '../projections/items.ts'
import {
  type Happening,
  joins,
  type Need,
  type Past,
  type Projection,
} from '../projections/projection.ts'
import { effectOf, type Weighed } from './effect.ts'
import { followed, joinedFollows } from './follows.ts'
import { interestsInForce, interestsNeed } from './interest-weights.ts'
import { addLasting, Interests, interestDay, joinLasting, trimLasting } from './lasting.ts'
import { packProfile, unpackProfile } from './packed-profile.ts'
import type { Profile } from './profile.ts'
import { addToSession, isOn, joinSessions, newSession } from './session.ts'
import { counted, joined } from './statistics.ts'
import { topicTable } from './topics/topic-table.ts'
import { type TopicList, topicsOf } from './topics/topics.ts'

type Change = DeedChange | JoinChange | 'drop'

interface DeedChange {
  readonly at: Timestamp
  readonly action: Action
  readonly value: number | undefined
  readonly halfLifeMinutes: number
  /** Whom the deed follows, or no longer does, where that is told in words. */
  readonly words?: string
  /** Of deeds with an item that say something, or take something back. */
  readonly about?: {
    readonly topics: TopicList
    readonly own: Weighed
    readonly back: readonly Weighed[]
  }
}

interface JoinChange {
  readonly before: Profile
  readonly at: Timestamp
  readonly halfLifeMinutes: number
}

/** What says nothing of the user: what they were shown, and where it stands now. */
const silent: ReadonlySet<Action> = new Set<Action>(['impression', 'rerank'])

/** The profile of each user. */
export const profile: Projection<Profile, Change> = {
  name: 'profile',
  version: 1,
  keyBy: 'user',

  reads(event: Event): readonly Need[] {
    if (joins(event)) return [{ projection: profile, key: event.from }, ...interestsNeed]
    if (!speaks(event)) return []
    const own = { projection: history, key: event.user }
    const { item } = event
    if (item === undefined) return interestsNeed
    return [...interestsNeed, own, { projection: items, key: item }]
  },

  changes({ event }: Happening, past: Past) {
    if (speaks(event)) return [[event.user, deedChange(event, past)]]
    if (!joins(event)) return []
    const before = past.get(profile, event.from)
    if (before === undefined) return []
    const { halfLifeMinutes } = interestsInForce(past)
    return [
      [event.into, { before, at: event.at, halfLifeMinutes }],
      [event.from, 'drop'],
    ]
  },

  fold(value, change) {
    if (change === 'drop') return undefined
    return 'before' in change ? afterJoin(value, change) : afterDeed(value ?? nobody(), change)
  },

  encode: packProfile,
  decode: unpackProfile,
}

function speaks(event: Event): event is ActionEvent {
  return event.type === 'action' && !silent.has(event.action)
}

function nobody(): Profile {
  return {
    ...{ version: 0, updatedAt: Number.NEGATIVE_INFINITY, lasting: new Interests(topicTable()) },
    ...{ session: undefined, follows: new Map(), statistics: undefined },
  }
}

function deedChange({ user, item, action, at, text, ...event }: ActionEvent, past: Past): Change {
  const interests = interestsInForce(past)
  const { halfLifeMinutes } = interests
  // The log knows no minus zero: adding zero takes its sign, so that a replay gives the same bytes.
  const value = event.value === undefined ? undefined : event.value + 0
  const words = action === 'follow' && text !== undefined ? { words: text } : {}
  const said = { at, action, value, halfLifeMinutes, ...words }
  if (item === undefined) return said
  const record = past.get(items, item)?.record
  if (record === undefined) return said
  const deed: Deed = { item: past.ordinal(item), action, value, at }
  const { weight, back } = effectOf(deed, past.get(history, user) ?? [], interests)
  if (weight === 0 && back.length === 0) return said
  // Rounded as it is stored.
  const own = { deed, weight: Math.fround(weight) }
  return { ...said, about: { topics: topicsOf(record), own, back } }
}

function afterDeed(value: Profile, change: DeedChange): Profile {
  const { at, about, words, halfLifeMinutes } = change
  const { lasting } = value
  const updatedAt = Math.max(value.updatedAt, at)
  if (about !== undefined) {
    addLasting(lasting, about.topics, about.own, about)
    trimLasting(lasting, interestDay(updatedAt))
  }
  // What comes in late is of a session that is over, and no longer told apart.
  const begins = value.session === undefined || at > value.session.lastAt
  const goesOn = value.session !== undefined && isOn(value.session, at)
  const session = goesOn ? value.session : begins ? newSession(at) : undefined
  if (session !== undefined) {
    const deed: Deed = { item: 0, action: change.action, value: change.value, at }
    const empty = { topics: noTopics, own: { deed, weight: 0 }, back: [] }
    addToSession(session, { ...(about ?? empty), halfLifeMinutes })
  }
  return {
    version: value.version + 1,
    updatedAt,
    lasting,
    session: session ?? value.session,
    follows: words === undefined ? value.follows : followed(value.follows, words, change),
    statistics: counted(value.statistics, change, begins && !goesOn),
  }
}

const noTopics: TopicList = { table: topicTable(), topics: [] }

function afterJoin(value: Profile | undefined, { before, at, halfLifeMinutes }: JoinChange) {
  const own = value ?? nobody()
  const updatedAt = Math.max(own.updatedAt, before.updatedAt, at)
  const today = interestDay(updatedAt)
  joinLasting(own.lasting, before.lasting, today)
  trimLasting(own.lasting, today)
  const [one, other] = [own.session, before.session]
  const [counts, others] = [own.statistics, before.statistics]
  return {
    version: own.version + before.version + 1,
    updatedAt,
    lasting: own.lasting,
    session: one && other ? joinSessions(one, other, halfLifeMinutes) : (one ?? other),
    follows: joinedFollows(own.follows, before.follows),
    statistics: counts && others ? joined(counts, others) : (counts ?? others),
  }
}

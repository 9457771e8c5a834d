import type { Event } from '../../events/event.ts'
import { decodeJson, encodeJson } from './json-value.ts'
import type { Happening, Need, Past, Projection } from './projection.ts'

/** The feeds that a user was shown pages of, by scene and channel; the newest met last. */
export type Feeds = readonly (readonly [scene: string, channel: string])[]

/** Feeds remembered per user: beyond it the one met first is forgotten. */
export const feedCountMax = 200

/**
 * Where a user's pages are found: pages are kept by feed, and nobody can guess the channels. A row
 * changes only when a feed is met for the first time.
 */
export const feeds: Projection<Feeds, Feeds[number]> = {
  name: 'feeds',
  version: 1,
  keyBy: 'user',

  reads(event: Event): readonly Need[] {
    return event.type === 'served' ? [{ projection: feeds, key: event.user }] : []
  },

  changes({ event }: Happening, past: Past) {
    if (event.type !== 'served') return []
    const { user, scene, channel } = event
    const met = past.get(feeds, user)?.some(([one, other]) => one === scene && other === channel)
    return met ? [] : [[user, [scene, channel]]]
  },

  fold: (value = [], met) => [...value, met].slice(-feedCountMax),
  persistent: true,
  encode: encodeJson,
  decode: decodeJson,
}

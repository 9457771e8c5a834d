import type { ItemId } from '../../events/event.ts'
import type { Happening, Ordinal, Past, Projection } from './projection.ts'
import { shelfKey, waitingLengthMax } from './shelf.ts'

/** What was pushed of a pool, in the order of pushing, since the pool was filled. */
export type Heads = readonly Ordinal[]

type Change = 'filled' | { readonly pushed: readonly Ordinal[] }

const poolSuffix = ':pool'

/** The recipe that takes heads from a pool; what it offers and shows is what was pushed. */
export const headRecipe = 'pyramid'

/** The scene under whose name a scene's pool waits. */
export function poolOf(scene: string): string {
  return scene + poolSuffix
}

/**
 * The heads that were pushed of each user's pool, by feed: what must not be pushed again. A pool is
 * itself a shelf, in a scene of its own; it is filled by an `offered` event like any other.
 */
export const heads: Projection<Heads, Change> = {
  name: 'heads',
  version: 1,
  keyBy: 'user',

  changes({ event }: Happening, past: Past) {
    if (event.type !== 'offered' && event.type !== 'served') return []
    const { user, scene, channel } = event
    const ordinals = (ids: readonly ItemId[]) => ids.map((id) => past.ordinal(id))
    if (event.type === 'served') {
      if (event.recipe !== headRecipe) return []
      const ids = [...event.items.map(({ item }) => item), ...event.dropped]
      return [[shelfKey(user, scene, channel), { pushed: ordinals(ids) }]]
    }
    if (scene.endsWith(poolSuffix)) {
      return [[shelfKey(user, scene.slice(0, -poolSuffix.length), channel), 'filled']]
    }
    if (event.writer !== headRecipe) return []
    const pushed = ordinals(event.entries.map(({ item }) => item))
    return [[shelfKey(user, scene, channel), { pushed }]]
  },

  fold(value = [], change) {
    if (change === 'filled') return undefined
    const all = [...new Set([...value, ...change.pushed])]
    // No pool is longer: of more than two, the oldest can be in none that waits.
    return all.length === 0 ? undefined : all.slice(-2 * waitingLengthMax)
  },

  encode(value) {
    const view = new DataView(new ArrayBuffer(value.length * itemBytes))
    for (const [place, item] of value.entries()) view.setUint32(place * itemBytes, item, true)
    return new Uint8Array(view.buffer)
  },

  decode(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const count = bytes.byteLength / itemBytes
    return Array.from({ length: count }, (_, place) => view.getUint32(place * itemBytes, true))
  },
}

const itemBytes = 4

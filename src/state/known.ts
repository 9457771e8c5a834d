import { broken } from '../error.ts'
import type { Known, Need, Projection } from './projections/projection.ts'
import type { Key } from './store/store.ts'

/** So many needs are looked through; beyond it, maps are faster than looking, and worth making. */
const lookedThroughMax = 24

/**
 * The values of some needs, in the same order. A page from the queue needs two or three: for so few
 * a map costs several times what it saves.
 */
export function knownOf(needs: readonly Need[], values: readonly unknown[]): Known {
  const placeOf = needs.length <= lookedThroughMax ? looking(needs) : mapped(needs)
  return {
    get: <Value>(projection: Projection<Value>, key: Key) => {
      const place = placeOf(projection, key)
      if (place === undefined) throw unannounced(projection, key)
      return values[place] as Value | undefined // Filled by its own decode.
    },
  }
}

export function unannounced(projection: Projection<unknown>, key: Key): Error {
  return broken(`${projection.name}/${key} was read without being announced`)
}

type PlaceOf = (projection: Projection<unknown>, key: Key) => number | undefined

function looking(needs: readonly Need[]): PlaceOf {
  return (projection, key) => {
    for (let place = 0; place < needs.length; place++) {
      const need = needs[place]!
      if (need.projection === projection && need.key === key) return place
    }
    return undefined
  }
}

function mapped(needs: readonly Need[]): PlaceOf {
  const places = new Map<Projection<unknown>, Map<Key, number>>()
  for (const [place, { projection, key }] of needs.entries()) {
    const keys = places.get(projection)
    if (keys === undefined) places.set(projection, new Map([[key, place]]))
    else keys.set(key, place)
  }
  return (projection, key) => places.get(projection)?.get(key)
}

import { setImmediate as nextTurn } from 'node:timers/promises'
import type { TagColumn } from '../catalogue/catalogue.ts'
import type { Ordinal } from '../projections/projection.ts'

/** What items are put in order by, the lowest first; never NaN, and of one type in one order. */
export type OrderKey = number | string

/** Where an item stands in an order. Equal keys are told apart by ordinal, the lower first. */
export interface Place {
  readonly item: Ordinal
  readonly key: OrderKey
}

export interface Listing {
  /** The first places of the page asked for. */
  readonly places: readonly Place[]
  /** Items that were accepted, on all pages. */
  readonly total: number
  /** Of those, how many have each tag of the facet: by code. */
  readonly facet: Uint32Array
}

export interface ListingAsk {
  /** Ordinals run from 0 to here. */
  readonly itemCount: number
  readonly accept: (item: Ordinal) => boolean
  readonly keyOf: (item: Ordinal) => OrderKey
  readonly size: number
  /** Only what comes after it is listed; it is counted all the same. */
  readonly after?: Place
  readonly facet?: Pick<TagColumn, 'names' | 'of'>
}

/** A millisecond of work, ten where titles are folded for the first time; then others may work. */
const sliceLength = 8_192

/**
 * Goes through all items once and keeps the first few of those that are accepted. Nothing is put in
 * order beforehand, so nothing has to be kept in order: 10,000 items take a millisecond, a
 * million a tenth of a second, in slices that hold nobody up.
 */
export async function listing(ask: ListingAsk): Promise<Listing> {
  const { itemCount, accept, keyOf, size, after, facet } = ask
  const places: Place[] = []
  const counts = new Uint32Array(facet?.names.length ?? 0)
  let total = 0
  for (let item = 0; item < itemCount; item++) {
    if (item % sliceLength === sliceLength - 1) await nextTurn()
    if (!accept(item)) continue
    total++
    // A tag that is new since the listing began has no place in the counts, and is left out.
    if (facet !== undefined) for (const code of facet.of(item)) counts[code]! += 1
    const place = { item, key: keyOf(item) }
    if (after !== undefined && !isBefore(after, place)) continue
    if (places.length < size || isBefore(place, places.at(-1)!)) insert(places, place, size)
  }
  return { places, total, facet: counts }
}

function insert(places: Place[], place: Place, size: number): void {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBefore(places[middle]!, place)) low = middle + 1
    else high = middle
  }
  places.splice(low, 0, place)
  if (places.length > size) places.pop()
}

function isBefore(one: Place, other: Place): boolean {
  return one.key === other.key ? one.item < other.item : one.key < other.key
}

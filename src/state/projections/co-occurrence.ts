import type { Event } from '../../events/event.ts'
import { positiveSignal, signalOf } from '../../events/signals.ts'
import { history } from './history.ts'
import { likedLately } from './opinions.ts'
import { parameters, signalsInForce, signalsParameter } from './parameters.ts'
import type { Happening, Need, Ordinal, Past, Projection } from './projection.ts'

/** The items that were liked by the same users as this one, lately before or after it. */
export interface Partners {
  /** At most `partnerCountMax`, in no order that means anything. */
  readonly items: Ordinal[]
  /** How often and how closely each came together with this item; 32-bit floats. */
  readonly weights: number[]
  /** How much of each weight may belong to partners that gave way; 32-bit floats. */
  readonly slacks: number[]
  /** The sum of all weights ever added, those of forgotten partners too. */
  total: number
}

type Change = { readonly items: readonly Ordinal[]; readonly weights: readonly number[] }

/** Liked items that a new one is paired with. */
export const pairedCount = 15

/**
 * Of the next likes that unbounded lists foretell on MovieLens, 128 find 95 in 100, and 64 find 74.
 */
export const partnerCountMax = 128

const dayMs = 86_400_000

/** A pair counts half when this much time lies between its two likes. */
const halfLifeMs = 30 * dayMs

const headerBytes = 8
const partnerBytes = 12

/**
 * Which items go together, from what users liked one after the other: each like pairs its item with
 * the user's last ones, both ways.
 *
 * An item's list is bounded as in Space-Saving (Metwally, Agrawal & El Abbadi, ICDT 2005): where it
 * is full, the weakest partner gives way, and its weight goes on counting for the one that takes
 * its place, as slack. A partner that earns more than total / partnerCountMax is never missing.
 */
export const coOccurrence: Projection<Partners, Change> = {
  name: 'co-occurrence',
  version: 1,
  keyBy: 'item',

  reads(event: Event): readonly Need[] {
    if (event.type !== 'action' || event.item === undefined) return []
    return [
      { projection: history, key: event.user },
      { projection: parameters, key: signalsParameter },
    ]
  },

  changes({ event }: Happening, past: Past) {
    if (event.type !== 'action' || event.item === undefined) return []
    const signals = signalsInForce(past)
    if (signalOf(signals, event.action, event.value) < positiveSignal) return []
    const item = past.ordinal(event.item)
    const before = past.get(history, event.user) ?? []
    const positives = likedLately(before, signals, pairedCount)
    // A click, a like and a share of one item are one meeting with those before, not three.
    if (positives.length === 0 || positives.some((deed) => deed.item === item)) return []

    const others = positives.map((deed) => deed.item)
    const weights = positives.map(
      ({ at }, rank) => 2 ** (-Math.abs(event.at - at) / halfLifeMs) / Math.sqrt(1 + rank),
    )
    const changes: [string, Change][] = [[String(item), { items: others, weights }]]
    // The one item of fifteen changes, which none of them changes.
    const items = [item]
    for (let index = 0; index < others.length; index++) {
      changes.push([String(others[index]), { items, weights: [weights[index]!] }])
    }
    return changes
  },

  fold(value, change) {
    const partners = value ?? { items: [], weights: [], slacks: [], total: 0 }
    const { items, weights } = change
    for (let index = 0; index < items.length; index++) {
      meet(partners, items[index]!, weights[index]!)
    }
    return partners
  },

  encode({ items, weights, slacks, total }) {
    const bytes = new Uint8Array(headerBytes + items.length * partnerBytes)
    const view = new DataView(bytes.buffer)
    view.setFloat64(0, total, true)
    for (let index = 0; index < items.length; index++) {
      const start = headerBytes + index * partnerBytes
      view.setUint32(start, items[index]!, true)
      view.setFloat32(start + 4, weights[index]!, true)
      view.setFloat32(start + 8, slacks[index]!, true)
    }
    return bytes
  },

  decode(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const partners: Partners = {
      items: [],
      weights: [],
      slacks: [],
      total: view.getFloat64(0, true),
    }
    for (let start = headerBytes; start < bytes.byteLength; start += partnerBytes) {
      partners.items.push(view.getUint32(start, true))
      partners.weights.push(view.getFloat32(start + 4, true))
      partners.slacks.push(view.getFloat32(start + 8, true))
    }
    return partners
  },
}

/** How many partners a list holds, told by its bytes as 32-bit words; 0 where it is none. */
export function packedPartnerCount(words: Uint32Array): number {
  return words.length === 0 ? 0 : (words.length - headerBytes / 4) / (partnerBytes / 4)
}

/** Calls back for each partner of such a list, with as much of its weight as is sure. */
export function eachPackedPartner(
  words: Uint32Array,
  seen: (item: Ordinal, sure: number) => void,
): void {
  const numbers = new Float32Array(words.buffer, words.byteOffset, words.length)
  for (let at = headerBytes / 4; at < words.length; at += partnerBytes / 4) {
    seen(words[at]!, numbers[at + 1]! - numbers[at + 2]!)
  }
}

function meet(partners: Partners, item: Ordinal, weight: number): void {
  const { items, weights, slacks } = partners
  partners.total += weight
  let place = items.indexOf(item)
  if (place < 0) {
    place = items.length < partnerCountMax ? items.length : weakestOf(weights)
    slacks[place] = weights[place] ?? 0
    items[place] = item
  }
  // Rounded at once, so that a value is the same before and after it was stored.
  weights[place] = Math.fround((weights[place] ?? 0) + weight)
}

function weakestOf(weights: readonly number[]): number {
  let weakest = 0
  for (let place = 1; place < weights.length; place++) {
    if (weights[place]! < weights[weakest]!) weakest = place
  }
  return weakest
}

import { broken } from '../error.ts'
import type { Event, ItemId } from '../events/event.ts'
import type { Ordinal } from './projections/projection.ts'
import type { Ordinals } from './state.ts'
import type { Store, Write } from './store/store.ts'

const prefix = 'ordinals/'

/** Item ids and their dense numbers, all in memory; new ones are written with the next commit. */
export interface OrdinalIndex extends Ordinals {
  /** Gives a number to every item that the event names and that has none yet. */
  admit(event: Event): void
  /** The numbers given since the last call, as writes. */
  drain(): { readonly writes: readonly Write[]; readonly undo: () => void }
}

export async function loadOrdinals(store: Store): Promise<OrdinalIndex> {
  const ids: ItemId[] = []
  const ordinals = new Map<ItemId, Ordinal>()
  for await (const batch of store.scan(prefix)) {
    for (const [key, value] of batch) {
      if (fromHex(key.slice(prefix.length)) !== ids.length) throw broken(`${key} leaves a gap`)
      const id = Buffer.from(value).toString()
      ordinals.set(id, ids.length)
      ids.push(id)
    }
  }
  let stored = ids.length

  const admitItem = (item: ItemId): void => {
    if (ordinals.has(item)) return
    ordinals.set(item, ids.length)
    ids.push(item)
  }

  return {
    get size() {
      return ids.length
    },
    of: (item) => ordinals.get(item),
    id(ordinal) {
      const id = ids[ordinal]
      if (id === undefined)
        throw broken(`ordinal ${ordinal} was never given; there are ${ids.length}`)
      return id
    },

    admit(event) {
      if (event.type === 'item' || event.type === 'withdraw') admitItem(event.item)
      else if (event.type === 'action') event.item !== undefined && admitItem(event.item)
      else if (event.type === 'offered') for (const { item } of event.entries) admitItem(item)
      else if (event.type === 'served') {
        for (const { item } of event.items) admitItem(item)
        for (const item of event.dropped) admitItem(item)
      }
    },

    drain() {
      const before = stored
      const writes = ids
        .slice(stored)
        .map(
          (id, index): Write => ({ put: prefix + toHex(before + index), value: Buffer.from(id) }),
        )
      stored = ids.length
      return {
        writes,
        undo: () => {
          stored = before
        },
      }
    },
  }
}

/** Fixed width, so that the order of keys is the order of numbers. */
export function toHex(ordinal: Ordinal): string {
  return ordinal.toString(16).padStart(8, '0')
}

export function fromHex(hex: string): Ordinal {
  return Number.parseInt(hex, 16)
}

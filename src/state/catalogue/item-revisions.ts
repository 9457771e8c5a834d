import { grown } from '../../kernel/lists/grown.ts'
import { items } from '../projections/items.ts'
import type { State } from '../state.ts'

/** How often each item's record changed: whoever keeps what follows from a record asks. */
export interface ItemRevisions {
  of(item: number): number
}

/** Made before the first fold. Revisions mean something within this process only. */
export function itemRevisions(state: Pick<State, 'ordinals' | 'watch'>): ItemRevisions {
  let revisions = new Uint32Array(0)
  state.watch(items, (key) => {
    const item = state.ordinals.of(key)
    if (item === undefined) return
    if (item >= revisions.length) revisions = grown(revisions, state.ordinals.size)
    revisions[item]! += 1
  })
  return { of: (item) => revisions[item] ?? 0 }
}

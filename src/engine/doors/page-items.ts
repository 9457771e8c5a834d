import type { ItemId } from '../../events/event.ts'
import type { Entry } from '../../state/projections/packed-entries.ts'
import type { Ordinals } from '../../state/state.ts'
import type { ItemView, PageItem } from '../engine.ts'

export interface PageItemsOptions {
  readonly ordinals: Ordinals
  readonly itemViews: (ids: readonly ItemId[]) => Promise<ReadonlyMap<ItemId, ItemView>>
}

/** Puts entries of a page, with the places at which they were shown, into the words of the API. */
export function pageItems({ ordinals, itemViews }: PageItemsOptions) {
  return async (
    entries: readonly (readonly [entry: Entry, position: number])[],
    token: (position: number) => string,
    withItems: boolean | undefined,
  ): Promise<readonly PageItem[]> => {
    const ids = entries.map(([{ item }]) => ordinals.id(item))
    const views = withItems ? await itemViews(ids) : undefined
    return entries.map(([{ score, sources }, position], index): PageItem => {
      const id = ids[index]!
      const item = views?.get(id)
      return { id, position, token: token(position), score, sources, ...(item && { item }) }
    })
  }
}

import { signal } from '@preact/signals'
import type { Client } from '../../../src/client/client.ts'
import { type Face, faceOf } from '../items/face.ts'
import type { ItemView, PageItem } from './api.ts'

/** The items that the page has met, and where each was shown last. */
export interface Items {
  /** Takes note of the items that a page brought along. */
  learn(items: readonly PageItem[], requestId: string): void
  add(items: readonly ItemView[]): void
  /** Asks for items that only an id is known of, together. */
  want(ids: readonly string[]): void
  view(id: string): ItemView | undefined
  face(id: string): Face
  /** The page that showed the item last, in this visit. */
  showing(id: string): Showing | undefined
  /** Channels of the items met, in the order in which they were met. */
  channels(): readonly string[]
}

export interface Showing {
  readonly requestId: string
  readonly entry: PageItem
}

export function createItems(client: Client): Items {
  const views = signal<ReadonlyMap<string, ItemView>>(new Map())
  const channels = signal<readonly string[]>([])
  const showings = new Map<string, Showing>()
  const asked = new Set<string>()

  const add = (added: readonly ItemView[]): void => {
    if (added.length === 0) return
    const grown = new Map(views.peek())
    for (const item of added) grown.set(item.id, item)
    views.value = grown
    const names = new Set([...channels.peek(), ...added.flatMap((item) => item.channels)])
    if (names.size > channels.peek().length) channels.value = [...names]
  }

  return {
    add,
    learn(items, requestId) {
      for (const entry of items) showings.set(entry.id, { requestId, entry })
      add(items.flatMap(({ item }) => item ?? []))
    },
    want(ids) {
      const missing = ids.filter((id) => !views.peek().has(id) && !asked.has(id))
      if (missing.length === 0) return
      for (const id of missing) asked.add(id)
      // Those that nobody knows keep their ids. Without an answer, all are asked for anew.
      client.getItems({ ids: missing }).then(
        (found) => add(found.items),
        () => {
          for (const id of missing) asked.delete(id)
        },
      )
    },
    view: (id) => views.value.get(id),
    face: (id) => faceOf(id, views.value.get(id)),
    showing: (id) => showings.get(id),
    channels: () => channels.value,
  }
}

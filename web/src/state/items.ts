import { signal } from '@preact/signals'
import type { Client } from '../../../src/client/client.ts'
import { type Face, faceOf } from '../items/face.ts'
import type { ItemView, PageItem } from './api.ts'

/** The items that the page has met. */
export interface Items {
  /** Takes note of the items that a page brought along. */
  learn(items: readonly PageItem[]): void
  /** Asks for items that only an id is known of. */
  want(ids: readonly string[]): void
  view(id: string): ItemView | undefined
  face(id: string): Face
  /** Channels of the items met, in the order in which they were met. */
  channels(): readonly string[]
}

export function createItems(client: Client): Items {
  const views = signal<ReadonlyMap<string, ItemView>>(new Map())
  const channels = signal<readonly string[]>([])
  const asked = new Set<string>()

  const add = (added: readonly ItemView[]): void => {
    if (added.length === 0) return
    const grown = new Map(views.value)
    for (const item of added) grown.set(item.id, item)
    views.value = grown
    const names = new Set([...channels.value, ...added.flatMap((item) => item.channels)])
    if (names.size > channels.value.length) channels.value = [...names]
  }

  return {
    learn: (items) => add(items.flatMap(({ item }) => item ?? [])),
    want(ids) {
      const missing = ids.filter((id) => !views.value.has(id) && !asked.has(id))
      if (missing.length === 0) return
      for (const id of missing) asked.add(id)
      // One that cannot be had (its page needs another key, it was never described) keeps its id.
      const answers = missing.map((id) => client.getItem({ id }).catch(() => undefined))
      void Promise.all(answers).then((found) => add(found.flatMap((item) => item ?? [])))
    },
    view: (id) => views.value.get(id),
    face: (id) => faceOf(id, views.value.get(id)),
    channels: () => channels.value,
  }
}

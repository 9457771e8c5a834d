import type { Engine } from '../../engine/engine.ts'
import type { ItemView } from '../../engine/views/pages.ts'
import { invalid } from '../../error.ts'

type Browsing = Pick<Engine, 'listItems' | 'search'>

/** The part of the engine double that people find their own way by: titles, and whole words. */
export function browsingDouble(views: () => readonly ItemView[]): Browsing {
  const titleOf = (view: ItemView): string => String(view.attributes['title'] ?? view.id)
  const shown = () => views().filter(({ withdrawn }) => !withdrawn)
  return {
    async listItems({ size = 48, after, facet }) {
      const all = shown().sort((a, b) => (titleOf(a) < titleOf(b) ? -1 : 1))
      const start = after === undefined ? 0 : Number(/^from-(\d+)$/.exec(after)?.[1] ?? Number.NaN)
      if (Number.isNaN(start)) throw invalid('after', 'is none that a list gave as "next"')
      const items = all.slice(start, start + size).map((item) => ({ item, ratings: 0 }))
      const end = start + items.length
      const facets = facet === undefined ? [] : [{ value: 'Comedy', count: all.length }]
      return { items, total: all.length, next: end < all.length ? `from-${end}` : null, facets }
    },
    async search({ q, size = 20 }) {
      const found = shown().filter((view) => titleOf(view).split(/\W+/).includes(q))
      return {
        items: found.slice(0, size).map((item) => ({ item, score: 1 })),
        total: found.length,
      }
    },
  }
}

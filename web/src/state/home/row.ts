import { faceOf } from '../../items/face.ts'
import type { PageItem, Shelves } from '../api.ts'

/** A row of the home page. */
export interface Row {
  /** The same for the same topic, however often the page is made anew. */
  readonly key: string
  readonly title: string
  /** The topic in a word or two: "Comedy". */
  readonly topic: string
  /** The value of the attribute that its films share, where they share one. */
  readonly value?: string
  readonly items: readonly PageItem[]
}

type Shelf = Shelves['shelves'][number]

/** Shelves as the page shows them; empty ones are left out. */
export function rowsOf({ shelves }: Pick<Shelves, 'shelves'>): readonly Row[] {
  return shelves.filter(({ items }) => items.length > 0).map(rowOf)
}

function rowOf({ kind, value, beside, items }: Shelf): Row {
  if (kind === 'beside' && beside !== undefined) {
    const { title } = faceOf(beside.id, beside)
    const key = `beside ${beside.id}`
    return { key, title: `Because you liked ${title}`, topic: `Like ${title}`, items }
  }
  if (kind === 'value' && value !== undefined) {
    return { key: `value ${value}`, title: value, topic: value, value, items }
  }
  return { key: kind, title: 'Top picks for you', topic: 'Top picks', items }
}

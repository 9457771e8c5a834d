import { invalid } from '../../error.ts'
import type { Clock } from '../../events/clock.ts'
import type { ItemId } from '../../events/event.ts'
import { compileExpression } from '../../feed/filter/expression/expression.ts'
import { ruledOut } from '../../feed/ruled-out.ts'
import type { Catalogue, TagColumn } from '../../state/catalogue/catalogue.ts'
import { listing, type Place } from '../../state/listing/listing.ts'
import { meanRating, orders, popularity, type Sort, sorts } from '../../state/listing/orders.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import { itemSearch } from '../../state/search/item-search.ts'
import type { State } from '../../state/state.ts'
import { itemCounters } from '../../state/tables/item-counters.ts'
import { itemVerdicts, verdictsOn } from '../../state/tables/item-verdicts.ts'
import type { HotValues } from '../control/hot-values.ts'
import type { Found, ItemList, ListRequest, SearchRequest } from '../views/browsing.ts'
import type { ItemView } from '../views/pages.ts'

export interface BrowsingOptions extends Pick<HotValues, 'blocked'> {
  readonly state: State
  readonly catalogue: Catalogue
  readonly clock: Clock
  readonly itemViews: (ids: readonly ItemId[]) => Promise<ReadonlyMap<ItemId, ItemView>>
}

const facetCountMax = 200

/** Ways through the catalogue for people who know what they look for. */
export function browsing(options: BrowsingOptions) {
  const { state, catalogue, clock, blocked } = options
  const { ordinals } = state
  const verdicts = state.rows(itemVerdicts)
  const counters = state.rows(itemCounters)
  const keysBy = orders({ catalogue, counters, verdicts })
  const words = itemSearch({
    ...{ state, catalogue, popularityOf: (item: Ordinal) => popularity(counters, item) },
  })

  /** What may be shown now, and fits. */
  const accepting = (filter: string | undefined): ((item: Ordinal) => boolean) => {
    const at = clock.now()
    const isRuledOut = ruledOut(catalogue, ordinals, blocked())
    const keeps =
      filter === undefined || filter.trim() === ''
        ? () => true
        : compileExpression(filter, { catalogue, ordinals, clock }).keeps
    return (item) => catalogue.servable(item, at) && keeps(item) && !isRuledOut(item)
  }

  return {
    async listItems(request: ListRequest): Promise<ItemList> {
      const { filter, sort = 'popular', size = 48, after, facet } = request
      checkSize(size)
      if (!sorts.includes(sort)) throw invalid('sort', `must be one of ${sorts.join(', ')}`)
      const cursor = after === undefined ? undefined : readCursor(after, sort)
      // A page further on is cut from the order that the first one was cut from.
      const mean = cursor?.mean ?? (sort === 'rating' ? meanRating(verdicts) : 0)
      const keyOf = keysBy(sort, mean)
      const column = facet === undefined ? undefined : facetColumn(catalogue, facet)
      const { places, total, ...found } = await listing({
        ...{ itemCount: ordinals.size, accept: accepting(filter), keyOf, size: size + 1 },
        ...(cursor && { after: { item: cursor.item, key: cursor.key ?? keyOf(cursor.item) } }),
        ...(column && { facet: column }),
      })
      const page = places.slice(0, size)
      const views = await options.itemViews(page.map(({ item }) => ordinals.id(item)))
      return {
        items: page.flatMap(({ item }) => {
          const view = views.get(ordinals.id(item))
          if (view === undefined) return []
          const { ratings, ratingSum } = verdictsOn(verdicts, item)
          return { item: view, ratings, ...(ratings > 0 && { average: ratingSum / ratings }) }
        }),
        total,
        next: places.length > size ? writeCursor(sort, page.at(-1)!, mean) : null,
        facets: column === undefined ? [] : facetsOf(column, found.facet),
      }
    },

    async search({ q, size = 20 }: SearchRequest): Promise<Found> {
      checkSize(size)
      if (q.length > 256) throw invalid('q', `has ${q.length} characters; at most 256 are read`)
      const { hits, total } = await words.find(q, size, accepting(undefined))
      const views = await options.itemViews(hits.map(({ item }) => ordinals.id(item)))
      return {
        items: hits.flatMap(({ item, score }) => {
          const view = views.get(ordinals.id(item))
          return view === undefined ? [] : { item: view, score }
        }),
        total,
      }
    },
  }
}

function checkSize(size: number): void {
  if (Number.isInteger(size) && size >= 1 && size <= 100) return
  throw invalid('size', `${size} must be a whole number >= 1 and <= 100`)
}

function facetColumn(catalogue: Catalogue, name: string): TagColumn {
  const column = catalogue.tags(name)
  if (column !== undefined) return column
  const known = [...catalogue.schema].flatMap(([tags, type]) => (type === 'tags' ? [tags] : []))
  throw invalid('facet', `${name} is no tags attribute; there are ${known.join(', ')}, channels`)
}

function facetsOf({ names }: TagColumn, counts: Uint32Array): ItemList['facets'] {
  return Array.from(counts, (count, code) => ({ value: names[code]!, count }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, facetCountMax)
}

/** Where a page ended. The key of a title is the title, and is looked up. */
interface Cursor {
  readonly item: Ordinal
  readonly key?: number
  readonly mean: number
}

function writeCursor(sort: Sort, { item, key }: Place, mean: number): string {
  const parts = [sort, item, typeof key === 'number' ? key : null, mean]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

function readCursor(text: string, wanted: Sort): Cursor {
  const [sort, item, key, mean] = partsOf(text)
  const isOurs =
    Number.isSafeInteger(item) && Number(item) >= 0 && Number.isFinite(mean) && sort !== undefined
  if (!isOurs || (key === null) !== (sort === 'title') || !(key === null || Number.isFinite(key))) {
    throw invalid('after', `${JSON.stringify(text)} is none that a list gave as "next"`)
  }
  if (sort !== wanted) {
    throw invalid('after', `is of a list by ${sort}, and cannot go on in one by ${wanted}`)
  }
  return { item: Number(item), mean: Number(mean), ...(key !== null && { key: Number(key) }) }
}

function partsOf(text: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return Array.isArray(parts) ? parts : []
  } catch {
    return []
  }
}

import { topK } from '../../kernel/top-k.ts'
import type { Catalogue, TagColumn } from '../../state/catalogue/catalogue.ts'
import type { PerRequest } from '../../state/features/per-request.ts'
import type { TagTaste } from '../../state/features/tags/tag-taste.ts'
import { tasteNeeds } from '../../state/features/taste.ts'
import type { RankedSet } from '../../state/sets/ranked-set.ts'
import type { Source } from '../pipeline/source.ts'
import type { Fit } from './fit.ts'
import { inTurns } from './in-turns.ts'

export interface EachValueOptions {
  readonly catalogue: Pick<Catalogue, 'tags'>
  /** A tags attribute: the genres of films, say. */
  readonly attribute: string
  /** Made by `tagTaste` of the same attribute. */
  readonly taste: PerRequest<TagTaste | undefined>
  /** A set that keeps a list for each tag of the attribute. */
  readonly set: RankedSet
  readonly fit: Fit
  /** Items proposed of each value, at most. */
  readonly depth: number
}

/** Values that are looked at in one request. */
const valueCountMax = 60

/**
 * The best of each value of an attribute, in turns: what shelves are filled with where nothing
 * personal is known. Values that the user likes come first, then those that most items have.
 */
export function eachValue(options: EachValueOptions): Source {
  const { catalogue, attribute, taste, set, fit, depth } = options
  return {
    name: 'each-value',
    needs: (context) => [...tasteNeeds(context), ...fit.needs(context)],
    recall(query, limit) {
      const column = catalogue.tags(attribute)
      if (column === undefined) return []
      const fits = fit.of(query)
      const values = valuesOf(column, taste(query, query.known))
      const lists = values.map((code) => set.topOfTag(attribute, code, query.at, depth, fits))
      return inTurns(lists, limit)
    },
  }
}

function valuesOf(column: TagColumn, taste: TagTaste | undefined): readonly number[] {
  const sizes = column.names.map((_name, code) => column.count(code))
  const { codes: known = [], sums = [] } = taste?.liked ?? {}
  const liked = topK(sums, valueCountMax, (place) => sums[place]! > 0)
  const values = [...liked.map((place) => known[place]!), ...topK(sizes, valueCountMax)]
  return [...new Set(values)].slice(0, valueCountMax)
}

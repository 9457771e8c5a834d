import { NumberSums } from '../../kernel/number-sums.ts'
import type { Catalogue } from '../../state/catalogue/catalogue.ts'
import type { PerRequest } from '../../state/features/per-request.ts'
import { type TagTaste, tagTaste } from '../../state/features/tags/tag-taste.ts'
import { tasteNeeds } from '../../state/features/taste.ts'
import type { RankedSet } from '../../state/sets/ranked-set.ts'
import type { Query } from '../pipeline/query.ts'
import type { Source } from '../pipeline/source.ts'
import type { Fit } from './fit.ts'
import { inTurns } from './in-turns.ts'

export interface SameAttributeOptions {
  readonly catalogue: Catalogue
  /** Tags attributes: genres, stars, authors. */
  readonly attributes: readonly string[]
  /** A `trendingSet` that keeps a list for each tag of these attributes. */
  readonly set: RankedSet
  readonly fit: Fit
}

interface Tag {
  readonly attribute: string
  readonly code: number
  readonly weight: number
}

/** Tags that are followed in one request. */
const tagCountMax = 8

/**
 * More of the same: of each tag that the user likes more than chance would have it, the hottest
 * items, in turns; beside an item, of each of its own tags. What a rare tag says counts for more
 * (inverse document frequency, Sparck Jones 1972).
 */
export function sameAttribute({ catalogue, attributes, set, fit }: SameAttributeOptions): Source {
  const tastes = attributes.map((attribute) => [attribute, tagTaste(catalogue, attribute)] as const)
  return {
    name: 'same-attribute',
    needs: (context) => [...tasteNeeds(context), ...fit.needs(context)],
    recall(query, limit) {
      const tags = tastes.flatMap(([attribute, taste]) =>
        tagsOf(catalogue, attribute, wishes(catalogue, attribute, taste, query)),
      )
      tags.sort((one, other) => other.weight - one.weight)
      const followed = tags.slice(0, tagCountMax)
      // Twice an even share: some lists are short, and some items are on several.
      const share = Math.min(limit, Math.ceil((2 * limit) / followed.length))
      const fits = fit.of(query)
      const lists = followed.map(({ attribute, code }) =>
        set.topOfTag(attribute, code, query.at, share, fits),
      )
      return inTurns(lists, limit)
    },
  }
}

/** How much each tag is asked for, by code. */
function wishes(
  catalogue: Catalogue,
  attribute: string,
  taste: PerRequest<TagTaste | undefined>,
  query: Query,
): NumberSums {
  if (query.beside === undefined) return taste(query, query.known)?.liked ?? new NumberSums()
  const wished = new NumberSums()
  for (const code of catalogue.tags(attribute)?.of(query.beside) ?? []) wished.add(code, 1)
  return wished
}

function tagsOf(catalogue: Catalogue, attribute: string, wishes: NumberSums): Tag[] {
  const column = catalogue.tags(attribute)
  const tags: Tag[] = []
  const { numbers: codes, sums } = wishes.entries()
  for (const [place, code] of codes.entries()) {
    const rarity = Math.log((1 + catalogue.size) / column!.items(code).length)
    if (sums[place]! > 0) tags.push({ attribute, code, weight: sums[place]! * rarity })
  }
  return tags
}

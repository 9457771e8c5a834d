import { broken } from '../../error.ts'
import { TopK } from '../../kernel/top-k.ts'
import type { Catalogue } from '../../state/catalogue/catalogue.ts'
import type { PerRequest } from '../../state/features/per-request.ts'
import type { TagSums } from '../../state/features/tags/tag-sums.ts'
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

/** Tags that are asked for, and how much: side by side, since a taste is made of hundreds. */
interface Wished {
  readonly attribute: string
  readonly codes: Uint32Array
  /** 0 or less where the tag is not to be followed. */
  readonly weights: Float64Array
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
      const followed = mostWished(
        tastes.map(([attribute, taste]) =>
          weighed(catalogue, attribute, wishes(catalogue, attribute, taste, query)),
        ),
      )
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
): TagSums {
  if (query.beside === undefined) return taste(query, query.known)?.liked ?? nothing
  const codes = catalogue.tags(attribute)?.of(query.beside) ?? nothing.codes
  return { codes, sums: new Float64Array(codes.length).fill(1) }
}

const nothing: TagSums = { codes: new Uint32Array(0), sums: new Float64Array(0) }

function weighed(catalogue: Catalogue, attribute: string, wishes: TagSums): Wished {
  const column = catalogue.tags(attribute)
  const { codes, sums } = wishes
  const weights = new Float64Array(codes.length)
  for (let place = 0; place < codes.length; place++) {
    if (!(sums[place]! > 0)) continue
    weights[place] = sums[place]! * Math.log((1 + catalogue.size) / column!.count(codes[place]!))
  }
  return { attribute, codes, weights }
}

function mostWished(wished: readonly Wished[]): { attribute: string; code: number }[] {
  const top = new TopK(tagCountMax)
  let first = 0
  for (const { weights } of wished) {
    for (let place = 0; place < weights.length; place++) {
      if (weights[place]! > 0) top.offer(first + place, weights[place]!)
    }
    first += weights.length
  }
  return Array.from(top.take(), (place) => {
    let left = place
    for (const { attribute, codes } of wished) {
      if (left < codes.length) return { attribute, code: codes[left]! }
      left -= codes.length
    }
    throw broken(`there is no tag ${place}`)
  })
}

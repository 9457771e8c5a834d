import type { Catalogue, TagColumn } from '../../catalogue/catalogue.ts'
import { type PerRequest, perRequest } from '../per-request.ts'
import { tasteOf } from '../taste.ts'
import { type TagSums, tagSummer } from './tag-sums.ts'

/** What the tags of an attribute mean to a user, by the code of the tag. */
export interface TagTaste {
  /** How much more of the user's liking falls on items with the tag than chance would have it. */
  readonly liked: TagSums
  /** The same for what they disliked. */
  readonly disliked: TagSums
  /** Share of the user's last likes that have the tag. */
  readonly recent: TagSums
}

const recentCount = 5

/** Signals that are taken to have been given by chance: a taste is not made by one click. */
const doubt = 5

/** Opinions as columns, which are the same for all attributes. */
interface Opinion {
  readonly items: Uint32Array
  /** How much each is liked, and disliked; 0 where it is not. */
  readonly liking: Float64Array
  readonly dislike: Float64Array
  /** The last likes. */
  readonly last: Uint32Array
}

const opinionOf: PerRequest<Opinion> = perRequest((context, known) => {
  const taste = tasteOf(context, known)
  const { length } = taste.items
  const items = new Uint32Array(length)
  const [liking, dislike] = [new Float64Array(length), new Float64Array(length)]
  for (let place = 0; place < length; place++) {
    items[place] = taste.items[place]!
    liking[place] = Math.max(0, taste.signals[place]!)
    dislike[place] = Math.max(0, -taste.signals[place]!)
  }
  const last = Uint32Array.from(taste.positives.slice(0, recentCount), (deed) => deed.item)
  return { items, liking, dislike, last }
})

/** By catalogue, and then by attribute. */
const made = new WeakMap<
  Pick<Catalogue, 'size' | 'tags'>,
  Map<string, PerRequest<TagTaste | undefined>>
>()

/**
 * What the user likes and dislikes of one tags attribute: worked out once a request for all that
 * ask, sources and features alike. Reads what `tasteNeeds` names.
 */
export function tagTaste(
  catalogue: Pick<Catalogue, 'size' | 'tags'>,
  attribute: string,
): PerRequest<TagTaste | undefined> {
  let byAttribute = made.get(catalogue)
  if (byAttribute === undefined) made.set(catalogue, (byAttribute = new Map()))
  let taste = byAttribute.get(attribute)
  if (taste === undefined) byAttribute.set(attribute, (taste = tasteFor(catalogue, attribute)))
  return taste
}

function tasteFor(
  catalogue: Pick<Catalogue, 'size' | 'tags'>,
  attribute: string,
): PerRequest<TagTaste | undefined> {
  const sumByTag = tagSummer()
  return perRequest((context, known) => {
    const column = catalogue.tags(attribute)
    if (column === undefined) return undefined
    const { items, liking, dislike, last } = opinionOf(context, known)
    const tags = column.gather(items)
    return {
      liked: aboveChance(sumByTag(tags, liking), liking, column, catalogue.size),
      disliked: aboveChance(sumByTag(tags, dislike), dislike, column, catalogue.size),
      recent: sumByTag(column.gather(last), new Float64Array(last.length).fill(1 / last.length)),
    }
  })
}

/** From sums of weights to shares of all weights, less the share that the tag has of all items. */
function aboveChance(
  { codes, sums }: TagSums,
  weights: Float64Array,
  column: TagColumn,
  itemCount: number,
): TagSums {
  let total = 0
  for (let place = 0; place < weights.length; place++) total += weights[place]!
  const shares = new Float64Array(sums.length)
  for (let place = 0; place < shares.length; place++) {
    const chance = column.count(codes[place]!) / itemCount
    shares[place] = (sums[place]! - chance * total) / (total + doubt)
  }
  return { codes, sums: shares }
}

import { NumberSums } from '../../../kernel/number-sums.ts'
import type { Catalogue, TagColumn } from '../../catalogue/catalogue.ts'
import type { Ordinal } from '../../projections/projection.ts'
import { type PerRequest, perRequest } from '../per-request.ts'
import { tasteOf } from '../taste.ts'

/** What the tags of an attribute mean to a user, by the code of the tag. */
export interface TagTaste {
  /** How much more of the user's liking falls on items with the tag than chance would have it. */
  readonly liked: NumberSums
  /** The same for what they disliked. */
  readonly disliked: NumberSums
  /** Share of the user's last likes that have the tag. */
  readonly recent: NumberSums
}

const recentCount = 5

/** Signals that are taken to have been given by chance: a taste is not made by one click. */
const doubt = 5

/** What the user likes and dislikes of one tags attribute. Reads what `tasteNeeds` names. */
export function tagTaste(
  catalogue: Pick<Catalogue, 'size' | 'tags'>,
  attribute: string,
): PerRequest<TagTaste | undefined> {
  return perRequest((context, known) => {
    const column = catalogue.tags(attribute)
    if (column === undefined) return undefined
    const { items, signals, positives } = tasteOf(context, known)
    const liking = signals.map((signal) => Math.max(0, signal))
    const dislike = signals.map((signal) => Math.max(0, -signal))
    const last = positives.slice(0, recentCount).map((deed) => deed.item)
    return {
      liked: aboveChance(sumByTag(column, items, liking), liking, column, catalogue.size),
      disliked: aboveChance(sumByTag(column, items, dislike), dislike, column, catalogue.size),
      recent: sumByTag(
        column,
        last,
        last.map(() => 1 / last.length),
      ),
    }
  })
}

function sumByTag(
  column: TagColumn,
  items: readonly Ordinal[],
  weights: readonly number[],
): NumberSums {
  const sums = new NumberSums()
  for (const [place, item] of items.entries()) {
    const weight = weights[place]!
    if (weight === 0) continue
    for (const code of column.of(item)) sums.add(code, weight)
  }
  return sums
}

/** From sums of weights to shares of all weights, less the share that the tag has of all items. */
function aboveChance(
  byTag: NumberSums,
  weights: readonly number[],
  column: TagColumn,
  itemCount: number,
): NumberSums {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const shares = new NumberSums()
  const { numbers: codes, sums } = byTag.entries()
  for (const [place, code] of codes.entries()) {
    const chance = column.items(code).length / itemCount
    shares.add(code, (sums[place]! - chance * total) / (total + doubt))
  }
  return shares
}

import { positiveSignal } from '../../../events/signals.ts'
import { NumberSums } from '../../../kernel/number-sums.ts'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { Need } from '../../projections/projection.ts'
import { seen } from '../../projections/seen.ts'
import type { Context } from '../feature.ts'
import { type PerRequest, perRequest } from '../per-request.ts'
import { tasteNeeds, tasteOf } from '../taste.ts'

/** Items met last that are looked at: a bound on the work, and older ones say less. */
const metMax = 1_000

/** Likes that each tag is given beforehand, beside as many expected: one like makes no taste. */
const doubt = 2

/**
 * How welcome each tag was where the user met it, by its code: ln of the likes that fell on items
 * with the tag, beside those that would have if all items met had pleased alike. What was shown
 * and passed by counts against its tags, so a feed does not take for a taste what it merely showed
 * most. Shrunk as by a gamma prior of mean 1 (the gamma-Poisson shrinker, DuMouchel 1999).
 */
export function tagWelcome(
  catalogue: Pick<Catalogue, 'tags'>,
  attribute: string,
): PerRequest<NumberSums | undefined> {
  return perRequest((context, known) => {
    const column = catalogue.tags(attribute)
    const met = known.get(seen, context.user)?.until
    if (column === undefined || met === undefined) return undefined
    const { items, signals } = tasteOf(context, known)
    const liked = new Set(items.filter((_, place) => signals[place]! >= positiveSignal))
    const last = Uint32Array.from(met.keys()).slice(-metMax)
    const { starts, codes } = column.gather(last)
    const [views, likes] = [new NumberSums(), new NumberSums()]
    let likeCount = 0
    for (const [row, item] of last.entries()) {
      const isLiked = liked.has(item)
      if (isLiked) likeCount++
      for (let place = starts[row]!; place < starts[row + 1]!; place++) {
        views.add(codes[place]!, 1)
        if (isLiked) likes.add(codes[place]!, 1)
      }
    }
    const rate = likeCount / last.length
    const welcome = new NumberSums()
    const { numbers, sums } = views.entries()
    for (const [place, code] of numbers.entries()) {
      const expected = rate * sums[place]!
      welcome.add(code, Math.log((likes.get(code) + doubt) / (expected + doubt)))
    }
    return welcome
  })
}

/** What `tagWelcome` reads. */
export function welcomeNeeds(context: Context): readonly Need[] {
  return [...tasteNeeds(context), { projection: seen, key: context.user }]
}

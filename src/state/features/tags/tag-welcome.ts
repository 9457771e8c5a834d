import { positiveSignal } from '../../../events/signals.ts'
import { grown } from '../../../kernel/lists/grown.ts'
import type { Catalogue } from '../../catalogue/catalogue.ts'
import type { Need, Ordinal } from '../../projections/projection.ts'
import { seen } from '../../projections/seen.ts'
import type { Context } from '../feature.ts'
import { type PerRequest, perRequest } from '../per-request.ts'
import { tasteNeeds, tasteOf } from '../taste.ts'
import type { TagSums } from './tag-sums.ts'

/** Items met last that are looked at: a bound on the work, and older ones say less. */
const metMax = 1_000

/** Likes that each tag is given beforehand, beside as many expected: one like makes no taste. */
const doubt = 2

/** What a user met last, and what of it they liked. */
interface MetLately {
  readonly items: Uint32Array
  /** By place: 1 where it was liked. */
  readonly isLiked: Uint8Array
  readonly likeCount: number
}

/** Found once a request for all attributes; none where nothing was ever met. */
const metOf: PerRequest<MetLately | undefined> = perRequest((context, known) => {
  const until = known.get(seen, context.user)?.until
  if (until === undefined) return undefined
  const items = lastOf(until)
  const taste = tasteOf(context, known)
  const liked = new Set(taste.items.filter((_, place) => taste.signals[place]! >= positiveSignal))
  const isLiked = new Uint8Array(items.length)
  let likeCount = 0
  for (let place = 0; place < items.length; place++) {
    if (!liked.has(items[place]!)) continue
    isLiked[place] = 1
    likeCount++
  }
  return { items, isLiked, likeCount }
})

function lastOf(met: ReadonlyMap<Ordinal, number>): Uint32Array {
  const items = new Uint32Array(Math.min(met.size, metMax))
  let place = items.length - met.size
  for (const item of met.keys()) {
    if (place >= 0) items[place] = item
    place++
  }
  return items
}

/**
 * How welcome each tag was where the user met it, by its code: ln of the likes that fell on items
 * with the tag, beside those that would have if all items met had pleased alike. What was shown
 * and passed by counts against its tags, so a feed does not take for a taste what it merely showed
 * most. Shrunk as by a gamma prior of mean 1 (the gamma-Poisson shrinker, DuMouchel 1999).
 */
export function tagWelcome(
  catalogue: Pick<Catalogue, 'tags'>,
  attribute: string,
): PerRequest<TagSums | undefined> {
  // By code, and all zeros between two requests: met items have thousands of tags.
  let views = new Float64Array(0)
  let likes = new Float64Array(0)
  return perRequest((context, known) => {
    const column = catalogue.tags(attribute)
    const lately = metOf(context, known)
    if (column === undefined || lately === undefined) return undefined
    const { items, isLiked, likeCount } = lately
    const { starts, codes } = column.gather(items)
    views = grown(views, column.names.length)
    likes = grown(likes, column.names.length)
    // A loop looks up names of its own far faster than those that others may give another value.
    const viewsOf = views
    const likesOf = likes
    const met = new Uint32Array(Math.min(codes.length, column.names.length))
    let metCount = 0
    for (let row = 0; row < items.length; row++) {
      const end = starts[row + 1]!
      for (let place = starts[row]!; place < end; place++) {
        const code = codes[place]!
        if (viewsOf[code] === 0) met[metCount++] = code
        viewsOf[code]! += 1
        likesOf[code]! += isLiked[row]!
      }
    }
    const rate = likeCount / items.length
    const sums = new Float64Array(metCount)
    for (let place = 0; place < metCount; place++) {
      const code = met[place]!
      const expected = rate * viewsOf[code]!
      sums[place] = Math.log((likesOf[code]! + doubt) / (expected + doubt))
      viewsOf[code] = 0
      likesOf[code] = 0
    }
    return { codes: met.subarray(0, metCount), sums }
  })
}

/** What `tagWelcome` reads. */
export function welcomeNeeds(context: Context): readonly Need[] {
  return [...tasteNeeds(context), { projection: seen, key: context.user }]
}

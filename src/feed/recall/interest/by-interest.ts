import { topK } from '../../../kernel/top-k.ts'
import type { Catalogue } from '../../../state/catalogue/catalogue.ts'
import { careNeeds } from '../../../state/features/interests/cares-of.ts'
import {
  type TopicCare,
  type TopicCares,
  topicCares,
} from '../../../state/features/interests/topic-cares.ts'
import type { Care } from '../../../state/profile/cares.ts'
import type { Ordinal } from '../../../state/projections/projection.ts'
import type { RankedSet } from '../../../state/sets/ranked-set.ts'
import type { Query } from '../../pipeline/query.ts'
import type { Source } from '../../pipeline/source.ts'
import type { Fit } from '../fit.ts'
import { inTurns } from '../in-turns.ts'

export interface ByInterestOptions {
  readonly catalogue: Pick<Catalogue, 'size' | 'tags'>
  /** Tags attributes whose topics are followed; `channels` are none. */
  readonly attributes: readonly string[]
  /** A `trendingSet` that keeps a list for each tag of these attributes. */
  readonly set: RankedSet
  readonly fit: Fit
}

interface Followed {
  readonly attribute: string
  readonly code: number
}

/** Topics of each kind that one request follows: the session's come first. */
const topicCounts = { session: 4, lasting: 6 } as const

/** Items of a topic that are looked at for the newest that fit. */
const newestCountMax = 200

/**
 * Items of what the user cares for, what the session is about first: of each topic the hottest and
 * the newest in turns, since what came today is hot nowhere. A rare topic says more than one that
 * most items have (inverse document frequency, Sparck Jones 1972).
 */
export function byInterest({ catalogue, attributes, set, fit }: ByInterestOptions): Source {
  const caresFor = topicCares(catalogue, attributes)
  return {
    name: 'by-interest',
    needs: (context) => [...careNeeds(context), ...fit.needs(context)],
    recall(query, limit) {
      if (query.beside !== undefined) return []
      const topics = topicsFor(query, catalogue, caresFor(query, query.known))
      if (topics.length === 0) return []
      const fits = fit.of(query)
      // Twice an even share: some topics have few items, and some items are of several.
      const share = Math.min(limit, Math.ceil((2 * limit) / topics.length))
      const lists = topics.map(({ attribute, code }) => {
        const hottest = set.topOfTag(attribute, code, query.at, share, fits)
        return inTurns([hottest, newest(catalogue, { attribute, code }, share, fits)], share)
      })
      return inTurns(lists, limit)
    },
  }
}

function topicsFor(
  query: Query,
  catalogue: ByInterestOptions['catalogue'],
  { session, lasting }: TopicCares,
): readonly Followed[] {
  const found = new Map<string, Followed>()
  for (const [cares, count] of [
    [session, topicCounts.session],
    [lasting, topicCounts.lasting],
  ] as const) {
    const weights = weightsOf(cares, query.channel, catalogue)
    const most = found.size + count
    // Of several channels a topic comes several times: seldom so often that all are looked through.
    for (const depth of [4 * most, weights.length]) {
      for (const place of topK(weights, depth)) {
        if (found.size === most) break
        const { attribute, code } = cares[place]!
        found.set(`${attribute}/${code}`, { attribute, code })
      }
      if (found.size === most || depth >= weights.length) break
    }
  }
  return [...found.values()]
}

/** In a channel only what is cared for there; what is followed holds everywhere. */
function isOf({ channel, followedAt }: Care, asked: string): boolean {
  return asked === '' || followedAt !== undefined || channel === asked
}

/** By care; NaN where it is not to be followed. */
function weightsOf(
  cares: readonly TopicCare[],
  channel: string,
  catalogue: ByInterestOptions['catalogue'],
): Float64Array {
  const weights = new Float64Array(cares.length).fill(Number.NaN)
  for (let place = 0; place < weights.length; place++) {
    const { care, count } = cares[place]!
    if (care.weight <= 0 || count === 0 || !isOf(care, channel)) continue
    weights[place] = care.weight * Math.log((1 + catalogue.size) / count)
  }
  return weights
}

/** Those that were named last: ordinals are given in the order of the log. */
function newest(
  catalogue: Pick<Catalogue, 'tags'>,
  { attribute, code }: Followed,
  limit: number,
  fits: (item: Ordinal) => boolean,
): readonly Ordinal[] {
  const items = catalogue.tags(attribute)!.items(code)
  const found: Ordinal[] = []
  const least = Math.max(0, items.length - newestCountMax)
  for (let place = items.length - 1; place >= least && found.length < limit; place--) {
    if (fits(items[place]!)) found.push(items[place]!)
  }
  return found
}

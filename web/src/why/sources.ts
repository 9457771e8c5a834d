import { spaced } from '../words/listing.ts'

export interface SourceWords {
  /** A line under a cover. */
  readonly short: string
  /** The end of a sentence that begins with "You see this because". */
  readonly because: string
}

const alike: SourceWords = {
  short: 'Liked by people like you',
  because: 'people who like what you like like it too',
}
const next: SourceWords = {
  short: 'Often comes next',
  because: 'it often comes after what you liked last',
}
const near: SourceWords = {
  short: 'Near what you liked',
  because: 'it lies near what you liked',
}

const sources: Readonly<Record<string, SourceWords>> = {
  pinned: { short: 'Placed by hand', because: 'it was placed by hand' },
  nearest: { short: 'Close to your taste', because: 'it is close to your taste' },
  'item-neighbors': {
    short: 'Goes with what you liked',
    because: 'people who liked what you liked last liked it too',
  },
  'beside-liked': { short: 'Beside what you liked', because: 'it goes with something you liked' },
  'each-value': { short: 'Best of each kind', because: 'it is one of the best of its kind' },
  'same-attribute': { short: 'More of your genres', because: 'it is in genres that you like' },
  trending: { short: 'Trending now', because: 'many people liked it lately' },
  popular: { short: 'Liked by many', because: 'many people like it' },
  fresh: { short: 'New here', because: 'it is new' },
  explore: { short: 'Something different', because: 'few people have met it yet' },
  'by-interest': { short: 'What you care for', because: 'it is about what you care for' },
  ease: alike,
  'random-walk': alike,
  spectral: alike,
  bpr: alike,
  'two-tower-recall': alike,
  markov: next,
  'session-knn': next,
  'self-attention': next,
  item2vec: near,
  'graph-walk': near,
  content: { short: 'Reads alike', because: 'it is told of in the words of what you liked' },
  newest: { short: 'Just out', because: 'it has just come out' },
  'hot-1h': { short: 'Hot this hour', because: 'people took to it in the last hour' },
  'hot-24h': { short: 'Hot today', because: 'people took to it in the last day' },
  rising: { short: 'Rising', because: 'more people like it than before' },
  accelerating: { short: 'Taking off', because: 'people come to like it faster and faster' },
  'top-rated': { short: 'Rated highly', because: 'people rate it highly' },
  sweep: { short: 'From the shelves', because: 'it was still on the shelves' },
}

/** The same, where items are shown because they go with another one. */
const sourcesBeside: Readonly<Record<string, (title: string) => SourceWords>> = {
  nearest: (title) => ({
    short: 'Liked by the same people',
    because: `much the same people like it as like ${title}`,
  }),
  'item-neighbors': (title) => ({
    short: 'Often liked together',
    because: `people who liked ${title} liked it too`,
  }),
  'same-attribute': (title) => ({
    short: 'Of the same kind',
    because: `it is of the same kind as ${title}`,
  }),
}

/** What a source of candidates stands for; `beside` is the title that they are to go with. */
export function sourceWords(source: string, beside?: string): SourceWords {
  const words = beside === undefined ? undefined : sourcesBeside[source]?.(beside)
  return (
    words ?? sources[source] ?? { short: `By ${spaced(source)}`, because: `${source} proposed it` }
  )
}

interface Proposed {
  readonly sources: readonly string[]
}

/** Tells for an item of a page which of its sources says most: that which the fewest have. */
export function rarestSource(page: readonly Proposed[]): (item: Proposed) => string | undefined {
  const counts = new Map<string, number>()
  for (const source of page.flatMap((item) => item.sources)) {
    counts.set(source, (counts.get(source) ?? 0) + 1)
  }
  const rarity = (source: string): number => counts.get(source) ?? 0
  return (item) => item.sources.toSorted((a, b) => rarity(a) - rarity(b))[0]
}

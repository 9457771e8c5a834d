import { spaced } from '../words/listing.ts'

const sources: Readonly<Record<string, { short: string; because: string }>> = {
  pinned: { short: 'Placed by hand', because: 'it was placed by hand' },
  nearest: { short: 'Close to your taste', because: 'it is close to your taste' },
  'item-neighbors': {
    short: 'Goes with what you liked',
    because: 'people who liked what you liked last liked it too',
  },
  'same-attribute': { short: 'More of your genres', because: 'it is in genres that you like' },
  trending: { short: 'Trending now', because: 'many people liked it lately' },
  popular: { short: 'Liked by many', because: 'many people like it' },
  fresh: { short: 'New here', because: 'it is new' },
  explore: { short: 'Something different', because: 'few people have met it yet' },
  sweep: { short: 'From the shelves', because: 'it was still on the shelves' },
}

/** What a source of candidates stands for. */
export function sourceWords(source: string): { short: string; because: string } {
  return sources[source] ?? { short: `By ${spaced(source)}`, because: `${source} proposed it` }
}

import type { DeclaredColumn, DeclaredLabel, DeclaredSet } from '../declaration.ts'

/** Channels by their ids, 1 to 25, as texts: 25 is one of them. */
const channels = Array.from({ length: 25 }, (_, index) => String(index + 1))

const weightCount = 10

/** The last 120 values of both sets, in the order that a model learns. */
const weights: readonly DeclaredColumn[] = [
  {
    name: 'article-vector',
    description: 'The vector of the article; zeros where it has none',
    source: { from: 'item-vector', attribute: 'vector', count: 100 },
    as: { form: 'number' },
  },
  {
    name: 'user-weight',
    description:
      'Weights of what the user cares for in the channel of the request, or in all where it has ' +
      'none; the heaviest first, zeros after the last',
    source: { from: 'user-interests', attribute: 'keywords', count: weightCount },
    as: { form: 'number', log: true },
  },
  {
    name: 'article-weight',
    description:
      'How rare the keywords of the article are, ln((1 + articles) / (1 + articles with it)); ' +
      'the rarest first, zeros after the last',
    source: { from: 'item-tag-weights', attribute: 'keywords', count: weightCount },
    as: { form: 'number' },
  },
]

const clicked: DeclaredLabel = {
  name: 'click',
  description: 'The user opened the article; to read it is another thing',
  positive: [{ action: 'click' }],
}

/** The channel of the article itself: the one of the page may be of another. */
const channel = { from: 'item-tags', attribute: 'channels', count: 1 } as const

/** 121 values: the channel as one category, the vector of the article, and two lists of weights. */
export const news: DeclaredSet = {
  name: 'news',
  version: 1,
  description: 'Articles: channel, vector, weights of the user, weights of the article; 121 values',
  vocabularies: { channel: { words: channels } },
  columns: [
    {
      name: 'channel',
      description: 'The channel of the article: a category, for 18 is not twice 9',
      source: channel,
      as: { form: 'category', vocabulary: 'channel' },
    },
    ...weights,
  ],
  labels: [clicked],
}

/** The same with the channel as 25 values of 0 or 1, for models that know no categories. */
export const newsOneHot: DeclaredSet = {
  ...news,
  name: 'news-one-hot',
  description: 'Articles, with their channel as 25 values of 0 or 1; 145 values',
  columns: [
    {
      name: 'channel',
      description: 'Whether the article is of this channel',
      source: channel,
      as: { form: 'one-hot', vocabulary: 'channel' },
    },
    ...weights,
  ],
}

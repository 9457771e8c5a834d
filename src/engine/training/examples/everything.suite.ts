import type { DeclaredColumn, DeclaredSet } from '../../../state/features/declared/declaration.ts'
import { movies } from '../../../state/features/declared/sets/movies.ts'
import { news } from '../../../state/features/declared/sets/news.ts'
import { posts } from '../../../state/features/declared/sets/posts.ts'

/** Something of every kind of column: all values of three sets, a history and an own feature. */
export const everything: DeclaredSet = {
  ...movies,
  name: 'everything',
  vocabularies: { ...movies.vocabularies, ...news.vocabularies, ...posts.vocabularies },
  fusions: posts.fusions!,
  crosses: [...movies.crosses!, ...posts.crosses!],
  columns: [
    ...movies.columns,
    ...news.columns,
    ...posts.columns,
    {
      name: 'liked',
      description: 'What the user liked last',
      source: { from: 'user-liked-items', count: 4 },
      as: { form: 'sequence', vocabulary: 'movie' },
    },
    {
      name: 'likeness',
      description: 'How near the item is to what the user liked',
      source: { from: 'liked-vector', attribute: 'vector', last: 20 },
      as: { form: 'buckets', bounds: { quantiles: 4 } },
    },
    {
      name: 'welcome',
      description: 'Likes and shares by clicks',
      source: { from: 'item-ratio', of: 'liked', per: 'click', before: [1, 10] },
      as: { form: 'number' },
    },
    {
      name: 'nearest',
      description: 'Who recalled the item, and how high',
      source: { from: 'feature', name: 'rank-popular' },
      as: { form: 'number' },
    },
    ...['item-neighbors', 'trending', 'popular'].map(
      (source): DeclaredColumn => ({
        name: `score-${source}`,
        description: 'How good a source held the item',
        source: { from: 'feature', name: `score-${source}` },
        as: { form: 'number' },
      }),
    ),
    {
      name: 'neighbors',
      description: 'How well the item goes with what was liked',
      source: { from: 'feature', name: 'neighbor-score' },
      as: { form: 'number', standardise: true },
    },
    {
      name: 'hour',
      description: 'The hour of the request',
      source: { from: 'request-time', part: 'hour' },
      as: { form: 'buckets', bounds: [6, 12, 18] },
    },
    {
      name: 'scene',
      description: 'The scene of the request',
      source: { from: 'request', part: 'scene' },
      as: { form: 'category', hash: 20, seed: 'scene' },
    },
  ],
}

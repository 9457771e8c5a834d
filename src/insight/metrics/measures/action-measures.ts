import type { Measure } from './measure.ts'
import { countOf, isOneOf, meanOf, rowsOf } from './part.ts'

/** What earns the name of an interaction: the user did something with the item (F-05). */
const interactive = ['like', 'comment', 'share', 'collect', 'rate', 'follow'] as const

const impressions = countOf('impression')
const readSum = `coalesce(sum(value) FILTER (${isOneOf(['read'])}), 0) / 1000`

/** Numbers of what users did. */
export const actionMeasures: readonly Measure[] = [
  {
    ...{ name: 'actions', unit: 'count', empty: 0 },
    description: 'All that users did, impressions among it.',
    of: rowsOf('actions'),
  },
  {
    ...{ name: 'impressions', unit: 'count', empty: 0 },
    description: 'Items that a client reported as seen.',
    of: impressions,
  },
  {
    ...{ name: 'clicks', unit: 'count', empty: 0 },
    description: 'Clicks.',
    of: countOf('click'),
  },
  {
    ...{ name: 'ctr', unit: 'share' },
    description: 'Clicks per impression.',
    of: countOf('click'),
    per: impressions,
  },
  {
    ...{ name: 'interactions', unit: 'count', empty: 0 },
    description: 'Likes, comments, shares, collects, ratings and follows.',
    of: countOf(...interactive),
  },
  {
    ...{ name: 'interaction_rate', unit: 'share' },
    description: 'Interactions per impression.',
    of: countOf(...interactive),
    per: impressions,
  },
  {
    ...{ name: 'dislikes', unit: 'count', empty: 0 },
    description: 'Times that a user wanted no more of it.',
    of: countOf('dislike'),
  },
  {
    ...{ name: 'reports', unit: 'count', empty: 0 },
    description: 'Times that a user called it unfit.',
    of: countOf('report'),
  },
  {
    ...{ name: 'rating', unit: 'number' },
    description: 'Mean of the stars given.',
    of: meanOf('rate'),
  },
  {
    ...{ name: 'dwell', unit: 'seconds' },
    description: 'Mean time of a read.',
    of: meanOf('read', 1_000),
  },
  {
    ...{ name: 'dwell_total', unit: 'seconds', empty: 0 },
    description: 'Time of all reads.',
    of: { fact: 'actions', sql: readSum, actions: ['read'] },
  },
  {
    ...{ name: 'dwell_per_user', unit: 'seconds' },
    description: 'Time of all reads, per user who did anything.',
    of: { fact: 'actions', sql: readSum },
    per: { fact: 'actions', sql: 'count(DISTINCT "user")' },
  },
  {
    ...{ name: 'plays', unit: 'count', empty: 0 },
    description: 'Plays.',
    of: countOf('play'),
  },
  {
    ...{ name: 'progress', unit: 'share' },
    description: 'Mean share played of a play.',
    of: meanOf('play'),
  },
  {
    ...{ name: 'users', unit: 'count', empty: 0 },
    description: 'Users who did anything, an impression included; each once.',
    of: { fact: 'actions', sql: 'count(DISTINCT "user")' },
  },
  {
    ...{ name: 'freshness_p50', unit: 'ms' },
    description:
      'Median time from a deed to the next page or offer made for its user within half an hour.',
    of: { fact: 'deeds', sql: 'quantile_cont(waited, 0.5)' },
  },
  {
    ...{ name: 'freshness_p95', unit: 'ms' },
    description: 'The same for all but the slowest twentieth.',
    of: { fact: 'deeds', sql: 'quantile_cont(waited, 0.95)' },
  },
]

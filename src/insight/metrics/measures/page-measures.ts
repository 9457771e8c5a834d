import type { Measure, Part } from './measure.ts'
import { rowsOf } from './part.ts'

const pages = rowsOf('pages')
const slots = rowsOf('slots')
const distinctItems: Part = { fact: 'slots', sql: 'count(DISTINCT item)' }
const acted: Part = { fact: 'slots', sql: 'count(acted)', joins: ['acted'] }

/** Times each item was shown, the least first. */
const counts = 'list_sort(map_values(histogram(item)))'

/**
 * Of the sorted counts x₁ ≤ … ≤ xₙ: 2 Σ i·xᵢ / (n Σ xᵢ) − (n + 1) / n. 0 where all items are shown
 * as often, towards 1 where one item is shown and the others hardly.
 */
const gini = `2.0 * list_sum(list_transform(${counts}, lambda x, i: x * i))
  / (count(DISTINCT item) * count(item)) - (count(DISTINCT item) + 1) / count(DISTINCT item)`

/** Numbers of what was shown. */
export const pageMeasures: readonly Measure[] = [
  { ...{ name: 'pages', unit: 'count', empty: 0 }, description: 'Pages served.', of: pages },
  {
    ...{ name: 'visitors', unit: 'count', empty: 0 },
    description: 'Users who were served a page; each once.',
    of: { fact: 'pages', sql: 'count(DISTINCT "user")' },
  },
  {
    ...{ name: 'page_size', unit: 'number' },
    description: 'Mean items of a page.',
    of: { fact: 'pages', sql: 'avg(size)' },
  },
  {
    ...{ name: 'queue_share', unit: 'share' },
    description: 'Pages that were waiting when they were asked for.',
    of: { fact: 'pages', sql: `count(*) FILTER (delivery <> 'now')` },
    per: pages,
  },
  {
    ...{ name: 'stale_share', unit: 'share' },
    description: "Pages made before the user's last deed, of those with a deed in the day before.",
    of: { fact: 'knowledge', sql: 'count(*) FILTER (stale)' },
    per: rowsOf('knowledge'),
  },
  {
    ...{ name: 'shown', unit: 'count', empty: 0 },
    description: 'Items on pages, each as often as it was served.',
    of: slots,
  },
  {
    ...{ name: 'successes', unit: 'count', empty: 0 },
    description: 'Items on pages that were acted on, in favour, where they stood.',
    of: acted,
  },
  {
    ...{ name: 'success_rate', unit: 'share' },
    description: 'Successes per item on a page.',
    of: acted,
    per: { ...slots, joins: ['acted'] },
  },
  {
    ...{ name: 'items_shown', unit: 'count', empty: 0 },
    description: 'Items that were shown; each once.',
    of: distinctItems,
  },
  {
    ...{ name: 'servable', unit: 'count', empty: 0 },
    description: 'Items that may be shown at the end of the span.',
    of: rowsOf('catalogue'),
  },
  {
    ...{ name: 'coverage', unit: 'share' },
    description: 'Items that were shown, per item that may be.',
    of: distinctItems,
    per: rowsOf('catalogue'),
  },
  {
    ...{ name: 'novelty', unit: 'number' },
    description: 'Mean of −log2 of the share that an item has of all that was shown in the span.',
    of: { fact: 'slots', sql: 'avg(-log2(share))', joins: ['popularity'] },
  },
  {
    ...{ name: 'diversity', unit: 'share' },
    description: 'Mean over pages of the share of pairs of items that are of different kinds.',
    of: { fact: 'lists', sql: 'avg(1 - same / pairs) FILTER (pairs > 0)' },
  },
  {
    ...{ name: 'gini', unit: 'share' },
    description: 'How unevenly items are shown: 0 all as often, towards 1 a few nearly always.',
    of: { fact: 'slots', sql: `CASE WHEN count(item) > 0 THEN ${gini} END` },
  },
  {
    ...{ name: 'repeat_share', unit: 'share' },
    description: 'Items shown again within 90 days on pages that must not repeat; 0 is right.',
    of: { fact: 'repeats', sql: 'count(*) FILTER (again)' },
    per: rowsOf('repeats'),
  },
]

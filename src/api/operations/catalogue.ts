/** Ways through the catalogue that are no recommendation: by ids, in order, and by words. */
import { Type } from '@sinclair/typebox'
import { operation } from '../operation.ts'
import { id, input, message, oneOf, textOrNull, whole } from '../schema.ts'
import { itemView } from './items.ts'

export const getItems = operation({
  method: 'GET',
  path: '/v1/items:batch',
  scope: 'serve',
  summary: 'Many items by id; those that are not known are left out.',
  input: input({ ids: Type.Array(id('The id of an item.'), { maxItems: 500 }) }),
  answer: message('Items', { items: Type.Array(itemView) }),
})

export const listItems = operation({
  method: 'GET',
  path: '/v1/items',
  scope: 'serve',
  summary: 'Items that may be shown now, in an order that is the same for everyone.',
  input: input({
    filter: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 2000,
        description: 'An expression over item attributes: genres has "Comedy" and year >= 1990.',
      }),
    ),
    sort: Type.Optional(
      oneOf(
        ['popular', 'rating', 'newest', 'title'],
        'Most liked; best rated, few ratings counting as average; newest; by title.',
      ),
    ),
    size: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 100, default: 48, description: 'How many items.' }),
    ),
    after: Type.Optional(
      Type.String({ minLength: 1, maxLength: 1024, description: 'As a list gave it in `next`.' }),
    ),
    facet: Type.Optional(
      Type.String({ minLength: 1, maxLength: 64, description: 'A tags attribute to count by.' }),
    ),
  }),
  answer: message('ItemList', {
    items: Type.Array(
      message('ListedItem', {
        item: itemView,
        ratings: whole('Users whose rating of it stands.'),
        average: Type.Optional(Type.Number({ description: 'Of the ratings.' })),
      }),
    ),
    total: whole('Items that fit, on all pages.'),
    next: textOrNull('The cursor of the next page; null at the end.'),
    facets: Type.Array(
      message('FacetCount', { value: Type.String(), count: whole('Items that fit.') }),
      { description: 'Values of the facet among all items that fit, most first; at most 200.' },
    ),
  }),
})

export const search = operation({
  method: 'GET',
  path: '/v1/search',
  scope: 'serve',
  summary: 'Items by the words of their texts and tags; the last word may be unfinished.',
  input: input({
    q: Type.String({ minLength: 1, maxLength: 256, description: 'What was typed.' }),
    size: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 100, default: 20, description: 'How many items.' }),
    ),
  }),
  answer: message('Found', {
    items: Type.Array(
      message('Hit', {
        item: itemView,
        score: Type.Number({ description: 'How well it fits; comparable within an answer.' }),
      }),
    ),
    total: whole('Items that were found.'),
  }),
})

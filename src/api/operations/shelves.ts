/** The shelves of a home page: rows about something, each in an order of the user's own. */
import { Type } from '@sinclair/typebox'
import { operation } from '../operation.ts'
import { id, input, message, oneOf, time } from '../schema.ts'
import { pageItem } from './feeds.ts'
import { itemView } from './items.ts'

const shelf = message('Shelf', {
  kind: oneOf(
    ['top', 'value', 'beside'],
    'The best of all; what has a value of the attribute; what goes with an item the user liked.',
  ),
  value: Type.Optional(Type.String({ description: 'The value that its items share: "Comedy".' })),
  beside: Type.Optional(itemView),
  items: Type.Array(pageItem, { description: 'Their positions count over all shelves.' }),
})

export const shelves = operation({
  method: 'GET',
  path: '/v1/shelves',
  scope: 'serve',
  summary: 'A home page of rows: which rows, in which order, and what stands in them, for a user.',
  advances: true,
  input: input({
    user: id('For whom; an anonymous id serves as well.'),
    attribute: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        default: 'genres',
        description: 'A tags attribute that the engine keeps lists for.',
      }),
    ),
    count: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 20, default: 8, description: 'How many shelves.' }),
    ),
    size: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 40, default: 12, description: 'Items on a shelf.' }),
    ),
    items: Type.Optional(
      Type.Boolean({ description: 'With the attributes of the items in the answer.' }),
    ),
  }),
  answer: message('Shelves', {
    requestId: Type.String({ description: 'The key of its explanation.' }),
    servedAt: time('When it was shown.'),
    shelves: Type.Array(shelf, { description: 'No item stands on two of them.' }),
    degraded: Type.Optional(Type.String({ description: 'What is missing, and why.' })),
  }),
})

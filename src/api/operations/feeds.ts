/** Pages: what a user is shown. */
import { Type } from '@sinclair/typebox'
import { operation } from '../operation.ts'
import { id, input, mapOf, message, oneOf, textOrNull, time, whole } from '../schema.ts'
import { itemView } from './items.ts'

export const pageItem = message('PageItem', {
  id: Type.String(),
  position: whole('Place on the page.'),
  token: Type.String({ description: 'Send it back with the actions that the item gets.' }),
  score: Type.Number(),
  sources: Type.Array(Type.String({ description: 'Who proposed it.' })),
  item: Type.Optional(itemView),
})

const pageVectors = message('PageVectors', {
  model: Type.String({ description: 'Vectors of different models do not compare.' }),
  dimension: whole('Numbers per vector.'),
  user: Type.String({
    description:
      'A vector: base64 of a little-endian float, the scale, and a signed byte per dimension.',
  }),
  items: Type.Array(Type.String({ description: 'A vector; empty where none was learned.' }), {
    description: 'One per item of the page, in its order.',
  }),
  alpha: Type.Number({ description: 'How much more a signal of 1 is believed than none.' }),
  stiffness: Type.Number({ description: "How much it takes to move the user's vector." }),
  weight: Type.Optional(
    Type.Number({ description: 'What a match greater by 1 adds to the log-odds of a score.' }),
  ),
  signals: Type.Optional(
    mapOf(
      message('SignalWeight', {
        weight: Type.Number(),
        neutral: Type.Optional(Type.Number()),
        scale: Type.Optional(Type.Number()),
      }),
    ),
  ),
})

export const page = message('Page', {
  requestId: Type.String({ description: 'The key of its explanation.' }),
  batchId: whole('The number of the page in this feed: 1, 2, 3, without gaps.'),
  scene: Type.String(),
  channel: Type.String(),
  delivery: oneOf(
    ['now', 'queued', 'nearline', 'history'],
    'Whether the recipe ran in the request, the page was waiting, or had been shown before.',
  ),
  servedAt: time('When it was first shown.'),
  items: Type.Array(pageItem),
  older: textOrNull('The cursor of the page before this one; null at the end.'),
  degraded: Type.Optional(
    Type.String({ description: 'Which rung of the ladder it stands on if not the top one; why.' }),
  ),
  vectors: Type.Optional(pageVectors),
})

const size = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 100, default: 10, description: 'How many items.' }),
)
const filter = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 2000,
    description: 'An expression over item attributes: genres has "Comedy" and year >= 1990.',
  }),
)
const items = Type.Optional(
  Type.Boolean({ description: 'With the attributes of the items in the answer.' }),
)

export const feed = operation({
  method: 'GET',
  path: '/v1/scenes/{scene}/feed',
  scope: 'serve',
  summary: 'A new page; with a cursor, an older page exactly as it was shown.',
  advances: true,
  input: input({
    scene: id('The place where the feed is shown.'),
    user: id('For whom; an anonymous id serves as well.'),
    channel: Type.Optional(Type.String({ maxLength: 64, description: 'A channel of the scene.' })),
    size,
    cursor: Type.Optional(
      Type.String({ minLength: 1, maxLength: 1024, description: 'As a page gave it in `older`.' }),
    ),
    exclude: Type.Optional(
      Type.Array(id('An item to leave out.'), {
        maxItems: 1000,
        description: 'Items to leave out.',
      }),
    ),
    filter,
    model: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 64,
        description:
          'Which ranker orders the page: ranker, ranker/3, factors, popular, or a served model. ' +
          'Only in scenes whose recipe runs in the request.',
      }),
    ),
    context: Type.Optional(mapOf(Type.String({ maxLength: 256 }), { maxProperties: 32 })),
    items,
    vectors: Type.Optional(
      Type.Boolean({
        description: 'With what a client needs to reorder what it has not shown; on new pages.',
      }),
    ),
  }),
  answer: page,
})

export const similar = operation({
  method: 'GET',
  path: '/v1/items/{id}/similar',
  scope: 'serve',
  summary: 'Items like this one.',
  advances: true,
  input: input({
    id: id('The item to resemble.'),
    size,
    user: Type.Optional(id('For whom, if known.')),
    filter,
    items,
  }),
  answer: page,
})

/** All that a page about one item, or about one user, shows: one question each. */
import { Type } from '@sinclair/typebox'
import { operation } from '../operation.ts'
import { id, input, message, time, whole } from '../schema.ts'
import { page } from './feeds.ts'
import { itemView } from './items.ts'
import { pastAction } from './past-action.ts'

const counted = (maximum: number, usual: number, description: string) =>
  Type.Optional(Type.Integer({ minimum: 0, maximum, default: usual, description }))

const itemStatistics = message('ItemStatistics', {
  impressions: whole('How often it was seen.'),
  clicks: whole('How often it was opened.'),
  likes: whole('Users whose like of it stands.'),
  ratings: whole('Users whose rating of it stands.'),
  average: Type.Optional(Type.Number({ description: 'Of the ratings, where there are any.' })),
  histogram: Type.Array(whole('Ratings of so many stars.'), {
    description: 'By half stars: 0.5, 1, 1.5 … 5.',
  }),
})

export const itemOverview = operation({
  method: 'GET',
  path: '/v1/items/{id}/overview',
  scope: 'serve',
  summary: 'An item, what became of it, what goes with it, and who likes it most.',
  advances: true,
  input: input({
    id: id('The item.'),
    user: Type.Optional(id('For whom, if known.')),
    similar: counted(100, 12, 'How many similar items.'),
    audience: counted(20, 0, 'How many users to name.'),
  }),
  answer: message('ItemOverview', {
    item: itemView,
    statistics: itemStatistics,
    similar: Type.Optional(page),
    audience: Type.Array(
      message('Fan', {
        user: Type.String(),
        value: Type.Optional(
          Type.Number({ description: 'Their rating; absent where they only said they like it.' }),
        ),
        at: time('When.'),
      }),
      { description: 'Who rated it highest, or likes it; the newest first among equals.' },
    ),
    yours: Type.Array(pastAction, { description: 'What the user did with it, newest first.' }),
  }),
})

const taste = message('Taste', {
  attribute: Type.String(),
  value: Type.String(),
  count: whole('Items of it that the user acted on.'),
  likedShare: Type.Number({ description: 'Of them, the share that the user liked: 0 to 1.' }),
  average: Type.Optional(Type.Number({ description: "Of the user's ratings of them." })),
})

export const userOverview = operation({
  method: 'GET',
  path: '/v1/users/{id}/overview',
  scope: 'serve',
  summary: 'What a user did, what that says of them, and what is recommended to them.',
  advances: true,
  input: input({
    id: id('The user.'),
    history: counted(1000, 50, 'How many actions; the newest 200 are remembered.'),
    recommended: counted(100, 32, 'How many recommended items.'),
    model: Type.Optional(id('Which model ranks them, as in a feed.')),
  }),
  answer: message('UserOverview', {
    user: Type.String(),
    statistics: message('UserStatistics', {
      actions: whole('Things done that are remembered one by one.'),
      likes: whole('Likes that stand.'),
      ratings: whole('Ratings that stand.'),
      average: Type.Optional(Type.Number({ description: 'Of the ratings.' })),
      highest: Type.Optional(Type.Number({ description: 'Of the ratings.' })),
      lowest: Type.Optional(Type.Number({ description: 'Of the ratings.' })),
      since: Type.Optional(time('The first thing that is remembered.')),
      tastes: Type.Array(taste, { description: 'The values acted on most first; at most 50.' }),
    }),
    history: Type.Array(pastAction, { description: 'Newest first, each with its item.' }),
    recommended: Type.Optional(page),
  }),
})

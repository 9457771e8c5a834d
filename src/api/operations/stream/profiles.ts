import { Type } from '@sinclair/typebox'
import { actions } from '../../../events/event.ts'
import { operation } from '../../operation.ts'
import { id, input, mapOf, message, oneOf, time, whole } from '../../schema.ts'

const reason = message('InterestReason', {
  item: Type.String(),
  action: oneOf(actions, 'What was done.'),
  at: time('When.'),
  weight: Type.Number({ description: 'What it weighs in the interest now.' }),
})

const interest = message('Interest', {
  channel: Type.String({ description: 'Empty for items without one.' }),
  attribute: Type.String({ description: 'The tags attribute of the topic.' }),
  topic: Type.String(),
  weight: Type.Number(),
  share: Type.Number({ description: 'Of the weights of its kind and channel: 0 to 1.' }),
  because: Type.Array(reason, { description: 'The deeds that weigh most, heaviest first.' }),
  followedAt: Type.Optional(
    time('Since when it is followed in words; the topic is what was said, of any attribute.'),
  ),
})

export const userProfile = operation({
  method: 'GET',
  path: '/v1/users/{id}/profile',
  scope: 'serve',
  summary: 'What a user cares for, in the long run and now, and the deeds that tell.',
  input: input({
    id: id('The user.'),
    channel: Type.Optional(id('Only interests within this channel.')),
    at: Type.Optional(time('As of an earlier moment.')),
    size: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 200, default: 30, description: 'Of each kind.' }),
    ),
  }),
  answer: message('Profile', {
    user: Type.String(),
    version: whole('How often it changed.'),
    updatedAt: Type.Optional(time('When it changed last.')),
    longTerm: Type.Array(interest, { description: 'What lasts, heaviest first.' }),
    shortTerm: Type.Array(interest, { description: 'What the session is about.' }),
    session: Type.Optional(
      message('Session', {
        startedAt: time('Its first deed.'),
        lastAt: time('Its last.'),
        actions: whole('Deeds in it.'),
      }),
    ),
    recentPositives: Type.Array(
      message('RecentPositive', {
        item: Type.String(),
        action: oneOf(actions, 'What was done.'),
        at: time('When.'),
        signal: Type.Number(),
      }),
      { description: 'What pleased last, newest first; at most 100.' },
    ),
    statistics: message('ProfileStatistics', {
      actions: mapOf(Type.Number()),
      activeDays: whole('Days with a deed.'),
      sessions: whole('Sessions begun.'),
      firstAt: Type.Optional(time('The first deed.')),
      lastAt: Type.Optional(time('The last.')),
      ratings: whole('Ratings given.'),
      ratingMean: Type.Optional(Type.Number()),
      ratingDeviation: Type.Optional(Type.Number()),
    }),
    embeddings: Type.Array(
      message('Embedding', { model: Type.String(), values: Type.Array(Type.Number()) }),
    ),
  }),
})

import { Type } from '@sinclair/typebox'
import { operation } from '../operation.ts'
import { id, input, message, oneOf, time, whole } from '../schema.ts'

/** Why a page looks as it does. */
const fate = message('Fate', {
  id: Type.String(),
  outcome: oneOf(
    ['shown', 'waiting', 'outranked', 'dropped', 'not-recalled', 'unknown'],
    'What became of it.',
  ),
  by: Type.Optional(Type.String({ description: 'The stage or filter that decided it.' })),
  reason: Type.Optional(Type.String()),
})

const stage = message('StageView', {
  run: Type.String(),
  stage: oneOf(['recall', 'filter', 'rank', 'mix', 'queue'], 'Which kind of stage.'),
  name: Type.String(),
  rowCount: whole('Rows brought (recall) or left (all else) when the stage was done.'),
  dropped: whole('Rows that the stage took out.'),
  durationMs: Type.Number(),
  failure: Type.Optional(Type.String()),
})

const item = message('ItemExplanation', {
  id: Type.String(),
  position: whole('Place on the page.'),
  score: Type.Number(),
  sources: Type.Array(
    message('SourceRank', {
      name: Type.String(),
      rank: Type.Integer({
        minimum: -1,
        description: 'Place in its list; -1 where it is not kept.',
      }),
    }),
  ),
  features: Type.Array(
    message('FeatureShare', {
      name: Type.String(),
      value: Type.Number(),
      contribution: Type.Number({ description: 'Its part of the score.' }),
    }),
  ),
  moves: Type.Array(
    message('Move', {
      mixer: Type.String(),
      from: whole('Place before.'),
      to: whole('Place after.'),
    }),
  ),
})

export const explain = operation({
  method: 'GET',
  path: '/v1/requests/{requestId}/explain',
  scope: 'serve',
  summary: 'What each stage brought, dropped and scored for a page.',
  input: input({ requestId: id('As the page gave it.') }),
  answer: message('Explanation', {
    requestId: Type.String(),
    user: Type.String(),
    scene: Type.String(),
    channel: Type.String(),
    at: time('When the page was served.'),
    delivery: oneOf(['now', 'queued'], 'How the page came to be.'),
    recipe: Type.String(),
    model: Type.String(),
    stages: Type.Array(stage),
    items: Type.Array(item),
    lost: Type.Array(fate),
  }),
})

export const whyNot = operation({
  method: 'POST',
  path: '/v1/scenes/{scene}:explain',
  scope: 'serve',
  summary: 'What becomes of an item in the feed of a user, and who decides it.',
  input: input({ scene: id('The scene.'), user: id('The user.'), item: id('The item.') }),
  answer: fate,
})

/** What happened: users' actions, reported by the application. */
import { Type } from '@sinclair/typebox'
import { actions } from '../../events/event.ts'
import { operation } from '../operation.ts'
import { id, input, judged, message, oneOf, time, whole } from '../schema.ts'

/** What became of many rows, each judged by itself. */
export const tracked = message('Tracked', {
  accepted: whole('How many were new and are now durable.'),
  duplicates: whole('How many had come before, by id, and changed nothing.'),
  rejected: Type.Array(
    message('Rejection', {
      index: whole('Place in the list that was sent, from 0.'),
      code: Type.String(),
      message: Type.String(),
      field: Type.Optional(Type.String()),
    }),
  ),
})

const eventInput = message('EventInput', {
  id: Type.Optional(id('The same id twice is one event, so that sending again is harmless.')),
  type: oneOf(actions, 'What the user did.'),
  user: id('Who did it; an anonymous id serves as well.'),
  item: Type.Optional(id('What it was done to.')),
  at: Type.Optional(time('When it happened; the moment of arrival unless told.')),
  value: Type.Optional(
    Type.Number({
      description:
        'Dwell in ms (read), share played 0..1 (play, swipe-past), stars (rate), 0 (unfollow).',
    }),
  ),
  text: Type.Optional(
    Type.String({ description: 'The words of a comment or report; for follow, whom.' }),
  ),
  token: Type.Optional(Type.String({ description: 'The token of the page item it answers.' })),
  position: Type.Optional(whole('Where the item stood, if not where the page had it.')),
  order: Type.Optional(
    Type.Array(Type.Integer({ minimum: 0, maximum: 99 }), {
      description: 'For rerank: the served places of the items, in the order of the page now.',
    }),
  ),
  scene: Type.Optional(id('Where, if there is no token to tell.')),
  channel: Type.Optional(id('On which channel, if there is no token to tell.')),
})

export const track = operation({
  method: 'POST',
  path: '/v1/events',
  scope: 'ingest',
  summary: 'Tells what happened. Durable when answered; each event is judged by itself.',
  input: input({ events: Type.Array(judged(eventInput), { maxItems: 10_000 }) }),
  answer: tracked,
})

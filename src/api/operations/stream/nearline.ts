import { Type } from '@sinclair/typebox'
import { operation } from '../../operation.ts'
import { id, input, mapOf, message, time, whole } from '../../schema.ts'

export const userQueue = operation({
  method: 'GET',
  path: '/v1/users/{id}/queue',
  scope: 'admin',
  summary: 'What waits to be shown to a user, and who put it there.',
  input: input({
    id: id('The user.'),
    scene: id('The scene.'),
    channel: Type.Optional(id('The channel.')),
  }),
  answer: message('WaitingView', {
    user: Type.String(),
    scene: Type.String(),
    channel: Type.String(),
    lastBatch: whole('The number of the newest page.'),
    lastAt: Type.Optional(time('When it was shown.')),
    offeredAt: Type.Optional(time('When something was put in last.')),
    entries: Type.Array(
      message('WaitingEntry', {
        item: Type.String(),
        score: Type.Number(),
        writer: Type.String(),
        sources: Type.Array(Type.String()),
        model: Type.String(),
        expiresAt: time('From when it is not shown any more.'),
      }),
      { description: 'Best first.' },
    ),
  }),
})

export const listGrants = operation({
  method: 'GET',
  path: '/v1/grants',
  scope: 'admin',
  summary: 'Which algorithms put how much into the queues, and what they were denied.',
  input: input({}),
  answer: message('GrantList', {
    grants: Type.Array(
      message('GrantView', {
        writer: Type.String(),
        scene: Type.String(),
        segment: Type.String(),
        asked: whole('Entries it wanted to put.'),
        granted: whole('Entries it could.'),
        denied: mapOf(Type.Number()),
        lastGrantedAt: Type.Optional(time('When it put something last.')),
      }),
    ),
  }),
})

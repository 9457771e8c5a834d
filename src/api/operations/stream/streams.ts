import { Type } from '@sinclair/typebox'
import { operation } from '../../operation.ts'
import { input, message, time, whole } from '../../schema.ts'

export const listStreams = operation({
  method: 'GET',
  path: '/v1/streams',
  scope: 'admin',
  summary: 'Who follows the log, how far they are, and how fast.',
  input: input({}),
  answer: message('StreamList', {
    streams: Type.Array(
      message('StreamView', {
        group: Type.String(),
        description: Type.String(),
        checkpoint: whole('Through which everything is in what it writes.'),
        checkpointAt: Type.Optional(time('When it was made.')),
        position: whole('The next event it will take.'),
        head: whole('The next event that will happen.'),
        lag: whole('Events between the two.'),
        lagMs: whole('How old the next event is.'),
        eventsPerSecond: Type.Number(),
        held: Type.Boolean({ description: 'It waits for whoever takes what it makes.' }),
        failure: Type.Optional(Type.String({ description: 'What stopped it.' })),
        members: Type.Array(
          message('StreamMember', {
            member: Type.String(),
            partitions: Type.Array(Type.Integer({ minimum: 0 })),
            position: whole('The next event it will take.'),
            lag: whole('Events between that and the head.'),
          }),
        ),
      }),
    ),
  }),
})

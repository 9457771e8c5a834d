import { Type } from '@sinclair/typebox'
import { operation } from '../../operation.ts'
import { input, json, message, time, whole } from '../../schema.ts'

export const describeLake = operation({
  method: 'GET',
  path: '/v1/lake',
  scope: 'admin',
  summary: 'The tables of the lake, their columns, and how much they hold.',
  input: input({}),
  answer: message('LakeView', {
    tables: Type.Array(
      message('LakeTable', {
        name: Type.String(),
        description: Type.String(),
        columns: Type.Array(
          message('LakeColumn', {
            name: Type.String(),
            type: Type.String(),
            description: Type.String(),
          }),
        ),
        rows: whole('Rows in it.'),
        files: whole('Parquet files that hold them.'),
        bytes: whole('Their size.'),
        from: Type.Optional(time('The oldest row.')),
        to: Type.Optional(time('The newest.')),
      }),
    ),
    through: Type.Optional(time('Up to when all that happened can be asked for.')),
    bytes: whole('Size of all files.'),
  }),
})

export const queryLake = operation({
  method: 'POST',
  path: '/v1/lake:query',
  scope: 'admin',
  summary: 'Read-only SQL over the lake.',
  input: input({
    sql: Type.String({ minLength: 1, maxLength: 20_000 }),
    rowsMax: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1_000 })),
    timeoutMs: Type.Optional(Type.Integer({ minimum: 100, maximum: 60_000, default: 10_000 })),
  }),
  answer: message('LakeAnswer', {
    columns: Type.Array(message('LakeAnswerColumn', { name: Type.String(), type: Type.String() })),
    rows: Type.Array(json, { description: 'Each a list of values, as the columns.' }),
    truncated: Type.Boolean({ description: 'There were more rows.' }),
    durationMs: Type.Number(),
  }),
})

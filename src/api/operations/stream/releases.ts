/** How versions of models come to serve, and who did what about them. */
import { Type } from '@sinclair/typebox'
import { operation } from '../../operation.ts'
import { id, input, mapOf, message, oneOf, time, whole } from '../../schema.ts'

const steps = [
  ...['held', 'promoted', 'refused', 'rejected', 'rolled-back', 'shadow', 'canary', 'stopped'],
] as const

const phase = oneOf(['shadow', 'canary'], 'Scored beside live requests, or served to some users.')

const release = message('ModelRelease', {
  model: Type.String(),
  serving: Type.Optional(whole('The version in force.')),
  trial: Type.Optional(
    message('ModelTrial', {
      version: whole('The version that is tried.'),
      phase,
      share: Type.Number({ description: 'Of requests or users, in [0, 1].' }),
      since: time('When it began.'),
    }),
  ),
  canary: Type.Optional(
    message('CanaryView', {
      rate: Type.Number({ description: 'Successes per impression of the canary.' }),
      controlRate: Type.Number({ description: 'The same of everybody else.' }),
      impressions: whole('Of the canary.'),
      controlImpressions: whole('Of everybody else.'),
      low: Type.Number({ description: 'Of the difference; it holds at all looks together.' }),
      high: Type.Number(),
      stands: oneOf(['worse', 'not worse', 'open'], 'What can be told.'),
    }),
  ),
  shadow: Type.Optional(mapOf(Type.Number())),
  steps: Type.Array(
    message('ReleaseStep', {
      step: oneOf(steps, 'What was done.'),
      version: whole('About which version; 0 where nothing became one.'),
      at: time('When.'),
      by: Type.String({ description: 'Who.' }),
      why: Type.String(),
      share: Type.Optional(Type.Number({ description: 'Of requests or users that try it.' })),
      figures: Type.Optional(mapOf(Type.Number())),
    }),
    { description: 'The newest first.' },
  ),
})

const name = id('The name of the model.')
const version = Type.Integer({ minimum: 1, description: 'The version.' })
const said = {
  why: Type.Optional(id('Why; it is written down.')),
  by: Type.Optional(id('Who asks; the name of the key unless told.')),
}

export const modelHistory = operation({
  method: 'GET',
  path: '/v1/models/{name}/history',
  scope: 'admin',
  summary: 'What was done about the versions of a model: who, when, and why; and what is tried.',
  input: input({ name }),
  answer: release,
})

export const promoteModel = operation({
  method: 'POST',
  path: '/v1/models/{name}/versions/{version}:promote',
  scope: 'admin',
  summary: 'Lets a version serve that was held, unless a higher one does.',
  input: input({ name, version, ...said }),
  answer: release,
})

export const rejectModel = operation({
  method: 'POST',
  path: '/v1/models/{name}/versions/{version}:reject',
  scope: 'admin',
  summary: 'Takes a version out of service for good.',
  input: input({ name, version, ...said }),
  answer: release,
})

export const tryModel = operation({
  method: 'POST',
  path: '/v1/models/{name}/versions/{version}:try',
  scope: 'admin',
  summary: 'Tries a held version: in the shadow of some requests, or on some users.',
  input: input({
    ...{ name, version, phase },
    share: Type.Number({ exclusiveMinimum: 0, maximum: 1, description: 'Of requests or users.' }),
    ...said,
  }),
  answer: release,
})

export const rollbackModel = operation({
  method: 'POST',
  path: '/v1/models/{name}:rollback',
  scope: 'admin',
  summary: 'Goes back to the version before the one in force.',
  input: input({ name, ...said }),
  answer: release,
})

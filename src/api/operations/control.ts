import { Type } from '@sinclair/typebox'
import { operation } from '../operation.ts'
import { id, input, json, mapOf, message, oneOf, time, whole } from '../schema.ts'

/** The control plane: parameters, models, scenes, and how the engine is. */
const parameter = message('ParameterView', {
  name: Type.String(),
  value: json,
  version: whole('How often it was changed.'),
  changedAt: Type.Optional(time('When it got its value, if it was ever changed.')),
  by: Type.Optional(Type.String({ description: 'Who changed it.' })),
  description: Type.String(),
})

const metrics = mapOf(Type.Number())

export const listParameters = operation({
  method: 'GET',
  path: '/v1/parameters',
  scope: 'admin',
  summary: 'All hot parameters with their values.',
  input: input({}),
  answer: message('ParameterList', { parameters: Type.Array(parameter) }),
})

export const setParameter = operation({
  method: 'PUT',
  path: '/v1/parameters/{name}',
  scope: 'admin',
  summary: 'Gives a parameter a new value, in force at once.',
  input: input({
    name: id('The name of the parameter.'),
    value: json,
    by: Type.Optional(id('Who changes it; the key in use unless told.')),
  }),
  answer: parameter,
})

export const listModels = operation({
  method: 'GET',
  path: '/v1/models',
  scope: 'admin',
  summary: 'All models with their versions and figures.',
  input: input({}),
  answer: message('ModelList', {
    models: Type.Array(
      message('ModelView', {
        name: Type.String(),
        version: Type.String(),
        status: oneOf(['serving', 'ready', 'training', 'failed', 'rejected'], 'Where it stands.'),
        trainedAt: time('When.'),
        metrics,
        note: Type.Optional(Type.String()),
      }),
    ),
  }),
})

export const trainModel = operation({
  method: 'POST',
  path: '/v1/models/{name}:train',
  scope: 'admin',
  summary: 'Learns a model anew from the log and serves it if it is better.',
  input: input({ name: id('The name of the model.') }),
  answer: message('TrainingReport', {
    model: Type.String(),
    version: Type.String(),
    promoted: Type.Boolean(),
    reason: Type.String(),
    metrics,
    durationMs: Type.Number(),
  }),
})

export const listScenes = operation({
  method: 'GET',
  path: '/v1/scenes',
  scope: 'serve',
  summary: 'The places where a feed can be shown.',
  input: input({}),
  answer: message('SceneList', {
    scenes: Type.Array(
      message('SceneView', {
        name: Type.String(),
        delivery: oneOf(['now', 'queued'], 'Whether pages are made in the request or wait.'),
        recipe: Type.String(),
        description: Type.String(),
      }),
    ),
  }),
})

export const status = operation({
  method: 'GET',
  path: '/v1/status',
  scope: 'serve',
  summary: 'How much the engine holds, and whether its state is up to date.',
  input: input({}),
  answer: message('EngineStatus', {
    items: whole('Items in the catalogue.'),
    events: whole('Events in the log.'),
    logBytes: whole('Size of the log.'),
    lag: whole('Events appended and not yet in the state.'),
    catalogue: Type.Optional(Type.String({ description: 'Where the catalogue came from.' })),
  }),
})

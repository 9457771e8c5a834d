/** The control plane: models, scenes, and how the engine is. */
import { Type } from '@sinclair/typebox'
import { operation } from '../operation.ts'
import { id, input, mapOf, message, oneOf, time, whole } from '../schema.ts'

const metrics = mapOf(Type.Number())

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
        status: oneOf(
          ['serving', 'ready', 'held', 'training', 'failed', 'rejected'],
          'Where it stands.',
        ),
        trainedAt: time('When.'),
        metrics,
        note: Type.Optional(Type.String()),
        through: Type.Optional(
          Type.Integer({
            minimum: 0,
            description:
              'Place in the log it has learned through by now, if kept up by the minute.',
          }),
        ),
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
        delivery: oneOf(
          ['now', 'queued', 'nearline'],
          'Whether pages are made in the request or wait.',
        ),
        recipe: Type.String(),
        description: Type.String(),
      }),
    ),
  }),
})

/** How pages are prepared before they are asked for. */
const nearline = message('NearlineView', {
  prepared: whole('Pages that were prepared when they were asked for.'),
  made: whole('Pages that a recipe made in the request, because nothing waited.'),
  common: whole('Common pages, because too many recipes ran in requests.'),
  dryRuns: whole('Recipes that run in requests just now.'),
  pending: whole('Feeds that wait for their run.'),
  running: whole('Feeds being filled.'),
  runs: whole('Runs since the engine was opened.'),
  dropped: whole('Feeds left to the requests because too many waited.'),
  failures: whole('Runs that failed.'),
  freshness: message('Freshness', {
    count: whole('Deeds that were answered.'),
    p50: Type.Number({ description: 'From the deed to what knows of it, in ms: half took less.' }),
    p95: Type.Number({ description: 'From the deed to what knows of it, in ms: 95 of 100.' }),
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
    nearline: Type.Optional(nearline),
  }),
})

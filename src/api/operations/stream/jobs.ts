import { Type } from '@sinclair/typebox'
import { operation } from '../../operation.ts'
import { id, input, json, mapOf, message, oneOf, time, whole } from '../../schema.ts'

const sources = ['log', 'logged', 'file'] as const
const source = oneOf(sources, 'Where it learns from.')
const metrics = mapOf(Type.Number())

export const listTrainable = operation({
  method: 'GET',
  path: '/v1/training/kinds',
  scope: 'admin',
  summary: 'What can be trained, and with which settings.',
  input: input({}),
  answer: message('TrainableList', {
    kinds: Type.Array(
      message('TrainableKind', {
        kind: Type.String(),
        summary: Type.String(),
        models: Type.Array(Type.String(), { description: 'The models that it makes.' }),
        sources: Type.Array(Type.String(), { description: 'What it can learn from.' }),
        settings: Type.Array(
          message('TrainableSetting', {
            name: Type.String(),
            description: Type.String(),
            initial: json,
            least: Type.Optional(Type.Number()),
            most: Type.Optional(Type.Number()),
            whole: Type.Optional(Type.Boolean({ description: 'Whole numbers only.' })),
            scale: Type.Optional(oneOf(['log'], 'Told apart by ratio.')),
            choices: Type.Optional(Type.Array(Type.String())),
          }),
        ),
      }),
    ),
  }),
})

const search = message('SearchAsked', {
  trials: Type.Integer({ minimum: 1, maximum: 1_000, description: 'How many settings to try.' }),
  way: oneOf(['random', 'tpe'], 'Drawn evenly, or by what earlier trials came to.'),
  between: mapOf(message('SearchRange', { low: Type.Number(), high: Type.Number() })),
})

const job = message('TrainingJob', {
  id: Type.String(),
  kind: Type.String(),
  status: oneOf(['queued', 'running', 'done', 'failed', 'cancelled'], 'Where it stands.'),
  settings: mapOf(json),
  source,
  file: Type.Optional(Type.String()),
  seed: Type.Optional(Type.String()),
  memoryMb: whole('What it may hold in memory, in MB.'),
  by: Type.String({ description: 'Who asked for it.' }),
  askedAt: time('When it was asked for.'),
  startedAt: Type.Optional(time('When it was last begun.')),
  endedAt: Type.Optional(time('When it was over.')),
  attempts: whole('How often it was begun: again after a crash or a restart.'),
  through: Type.Optional(whole('The place of the log at which it stops reading.')),
  progress: Type.Optional(
    message('JobProgress', {
      step: Type.String(),
      share: Type.Number({ description: 'Of the step, in [0, 1].' }),
    }),
  ),
  result: Type.Optional(
    message('JobResult', {
      promoted: Type.Boolean({ description: 'Does what it made serve?' }),
      model: Type.String(),
      version: Type.String(),
      reason: Type.String(),
      metrics,
    }),
  ),
  search: Type.Optional(search),
  trials: Type.Optional(
    Type.Array(
      message('JobTrial', {
        number: whole('From 0.'),
        settings: mapOf(json),
        state: oneOf(['complete', 'pruned', 'failed'], 'How it ended.'),
        value: Type.Optional(Type.Number({ description: 'The higher the better.' })),
        seconds: Type.Number(),
        error: Type.Optional(Type.String()),
      }),
    ),
  ),
  trouble: Type.Optional(Type.String({ description: 'Why it failed, or who cancelled it.' })),
  delay: Type.Optional(
    message('LoopDelay', {
      sampleCount: whole('Times it was measured.'),
      p50Ms: Type.Number(),
      p90Ms: Type.Number(),
      p99Ms: Type.Number(),
      maxMs: Type.Number({ description: 'How late the thread that answers was at most.' }),
    }),
  ),
})

export const listJobs = operation({
  method: 'GET',
  path: '/v1/jobs',
  scope: 'admin',
  summary: 'Training jobs, the newest first, with those that are over.',
  input: input({
    open: Type.Optional(Type.Boolean({ description: 'Only those that are not over.' })),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
  }),
  answer: message('JobList', { jobs: Type.Array(job) }),
})

export const startJob = operation({
  method: 'POST',
  path: '/v1/jobs',
  scope: 'admin',
  summary: 'Asks for a training; it is done in the background, also after a restart.',
  input: input({
    kind: id('What to train.'),
    settings: Type.Optional(mapOf(json, { maxProperties: 100 })),
    source: Type.Optional(source),
    file: Type.Optional(id('The file to learn from, by its name below `imports`.')),
    seed: Type.Optional(id('The same log and the same seed give the same model.')),
    search: Type.Optional(search),
    memoryMb: Type.Optional(
      Type.Integer({ minimum: 128, maximum: 1_048_576, description: 'What it may hold.' }),
    ),
    by: Type.Optional(id('Who asks; the name of the key unless told.')),
  }),
  answer: job,
})

export const getJob = operation({
  method: 'GET',
  path: '/v1/jobs/{id}',
  scope: 'admin',
  summary: 'A training job, and where it is.',
  input: input({ id: id('The number of the job.') }),
  answer: job,
})

export const cancelJob = operation({
  method: 'POST',
  path: '/v1/jobs/{id}:cancel',
  scope: 'admin',
  summary: 'Stops a job, or takes it out of the line.',
  input: input({
    id: id('The number of the job.'),
    by: Type.Optional(id('Who asks; the name of the key unless told.')),
  }),
  answer: job,
})

export const jobLog = operation({
  method: 'GET',
  path: '/v1/jobs/{id}/log',
  scope: 'admin',
  summary: 'What a job said, oldest first.',
  input: input({
    id: id('The number of the job.'),
    size: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 200 })),
  }),
  answer: message('JobLog', {
    lines: Type.Array(message('JobLogLine', { at: time('When.'), line: Type.String() })),
  }),
})

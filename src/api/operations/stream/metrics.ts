import { Type } from '@sinclair/typebox'
import { operation } from '../../operation.ts'
import { id, input, json, message, oneOf, time, whole } from '../../schema.ts'

export const describeMetrics = operation({
  method: 'GET',
  path: '/v1/metrics',
  scope: 'admin',
  summary: 'What can be measured, and by what it can be sliced.',
  input: input({}),
  answer: message('MetricsView', {
    measures: Type.Array(
      message('Measure', {
        name: Type.String(),
        unit: oneOf(['count', 'share', 'ms', 'seconds', 'number'], 'What its values are.'),
        description: Type.String(),
        dimensions: Type.Array(Type.String(), {
          description: 'By what it can be sliced; `item.*` and `user.*` are any attribute.',
        }),
      }),
    ),
    dimensions: Type.Array(
      message('Dimension', { name: Type.String(), description: Type.String() }),
    ),
  }),
})

export const queryMetrics = operation({
  method: 'POST',
  path: '/v1/metrics:query',
  scope: 'admin',
  summary: 'Numbers of what happened, sliced by all dimensions, at most a minute behind.',
  input: input({
    measures: Type.Array(id('A measure.'), { minItems: 1, maxItems: 12 }),
    by: Type.Optional(Type.Array(id('A dimension.'), { maxItems: 3 })),
    where: Type.Optional(
      Type.Array(
        message('MetricFilter', {
          dimension: id('A dimension.'),
          in: Type.Array(Type.String(), { minItems: 1, maxItems: 100 }),
        }),
        { maxItems: 10 },
      ),
    ),
    from: Type.Optional(time('The last hour unless told.')),
    to: Type.Optional(time('Now unless told.')),
    stepMs: Type.Optional(
      Type.Integer({
        minimum: 1_000,
        maximum: 2_678_400_000,
        description: 'One row per so many, from whole multiples on (weeks from Mondays), UTC.',
      }),
    ),
    size: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000, default: 50, description: 'Slices.' }),
    ),
  }),
  answer: message('MetricsAnswer', {
    from: time('The beginning of the span.'),
    to: time('Its end.'),
    rows: Type.Array(
      message('MetricRow', {
        at: Type.Optional(time('The beginning of the step, where steps were asked for.')),
        slice: Type.Array(Type.String(), { description: 'As `by` asked.' }),
        values: Type.Array(json, {
          description: 'Numbers, as `measures` asked; null where there is none.',
        }),
      }),
    ),
    through: Type.Optional(time('Up to when all that happened is counted.')),
  }),
})

export const sourceReport = operation({
  method: 'GET',
  path: '/v1/reports/sources',
  scope: 'admin',
  summary: 'Which sources brought what was acted on, week by week.',
  input: input({
    weeks: Type.Optional(Type.Integer({ minimum: 1, maximum: 52, default: 8 })),
    scene: Type.Optional(id('Only pages of this scene.')),
  }),
  answer: message('SourceReport', {
    weeks: Type.Array(
      message('SourceWeek', {
        from: time('The first moment of the week.'),
        sources: Type.Array(
          message('SourceShare', {
            source: Type.String(),
            impressions: whole('Of items that it brought.'),
            successes: whole('Of those, acted on in favour.'),
            shareOfSuccess: Type.Number({
              description: 'Of the successes of the week; one of n sources counts 1/n for each.',
            }),
            rate: Type.Number({ description: 'Successes per impression.' }),
          }),
        ),
        weakest: Type.Optional(Type.String({ description: 'The one to change.' })),
      }),
    ),
  }),
})

import type { AnswerOf } from '../../api/operation.ts'
import type { Service } from '../../api/service.ts'
import { invalid } from '../../error.ts'
import { systemClock } from '../../events/clock.ts'
import type { Call, Command } from '../command.ts'
import { countOption } from '../options/number-option.ts'
import { type AskServer, serverOf, serverOption, serverUsage } from '../options/server-option.ts'
import { durationOption, momentOption } from '../options/time-option.ts'
import { textTable } from './text-table.ts'
import { labelText, valueText } from './value-text.ts'

type View = AnswerOf<Service['describeMetrics']>
type Answer = AnswerOf<Service['queryMetrics']>

/** `starling metrics`: numbers of what happened, by whatever they are asked for. */
export const metricsCommand: Command = {
  name: 'metrics',
  usage: `starling metrics --measure LIST [--by LIST] [options]
starling metrics --list

Numbers of what happened, counted as they are asked for, sliced by any dimension.

  --measure LIST     what to count: ctr,clicks,impressions
  --by LIST          up to three dimensions to slice by: source,item.genres
  --where LIST       only where: scene=home,source=trending|fresh
  --from T           since when: 30m, 24h, 7d ago, or 2026-07-01T12:00:00Z (1h)
  --to T             until when (now)
  --step T           a row for each: 1m, 1h, 1d, 1w (one for the whole span)
  --size N           slices, the largest first (20)
  --list             what can be counted, and by what it can be sliced
  --json             the answer for machines
${serverUsage}`,
  options: {
    ...serverOption,
    ...{ measure: { type: 'string' }, by: { type: 'string' }, where: { type: 'string' } },
    ...{ from: { type: 'string' }, to: { type: 'string' }, step: { type: 'string' } },
    ...{ size: { type: 'string' }, list: { type: 'boolean' }, json: { type: 'boolean' } },
  },

  async run(call) {
    const { values, terminal } = call
    const ask = serverOf(call)
    if (values['list'] === true) {
      terminal.print(listText(await ask<View>('GET', '/v1/metrics')))
      return 0
    }
    const question = questionOf(values)
    const answer = await ask<Answer>('POST', '/v1/metrics:query', question)
    if (values['json'] === true) terminal.print(JSON.stringify(answer, undefined, 2))
    else terminal.print(await answerText(question, answer, ask))
    return 0
  },
}

interface Question {
  readonly measures: readonly string[]
  readonly by: readonly string[]
}

function questionOf(values: Call['values']): Question {
  const now = systemClock.now()
  const iso = (name: string) => {
    const at = momentOption(values, name, now)
    return at === undefined ? {} : { [name]: new Date(at).toISOString() }
  }
  const stepMs = durationOption(values, 'step')
  const measures = listOf(values['measure'])
  if (measures.length === 0) {
    throw invalid(
      'measure',
      'must name what to count; "starling metrics --list" tells what there is',
    )
  }
  return {
    ...{ measures, by: listOf(values['by']) },
    ...{ where: listOf(values['where']).map(filterOf) },
    ...iso('from'),
    ...iso('to'),
    ...(stepMs !== undefined && { stepMs }),
    ...{ size: countOption(values, 'size', 20, [1, 1_000]) },
  }
}

function listOf(told: string | boolean | undefined): readonly string[] {
  return typeof told === 'string' && told !== '' ? told.split(',') : []
}

function filterOf(text: string) {
  const [, dimension, value] = /^([^=]+)=(.*)$/.exec(text) ?? []
  if (dimension === undefined)
    throw invalid('where', `${text} must be such as source=trending|fresh`)
  return { dimension, in: value!.split('|') }
}

async function answerText(question: Question, answer: Answer, ask: AskServer): Promise<string> {
  const { measures, by } = question
  const view = await ask<View>('GET', '/v1/metrics')
  const units = measures.map((name) => view.measures.find((known) => known.name === name)!.unit)
  const stepped = answer.rows.some(({ at }) => at !== undefined)
  const rows = answer.rows.map(({ at, slice, values }) => [
    ...(stepped ? [at!.replace('.000Z', 'Z')] : []),
    ...slice.map(labelText),
    ...values.map((value, place) => valueText(value as number | null, units[place]!)),
  ])
  const labels = [...(stepped ? ['at'] : []), ...by]
  const behind = answer.through === undefined ? '' : `, counted through ${answer.through}`
  return [
    `${answer.from} to ${answer.to}${behind}`,
    '',
    rows.length === 0
      ? 'nothing happened'
      : textTable([...labels, ...measures], rows, labels.length),
  ].join('\n')
}

function listText({ measures, dimensions }: View): string {
  const rows = measures.map(({ name, unit, description }) => [name, unit, description])
  return [
    textTable(['measure', 'unit', 'what it is'], rows, 3),
    '',
    textTable(
      ['dimension', 'what it is'],
      dimensions.map(({ name, description }) => [name, description]),
      2,
    ),
  ].join('\n')
}

import type { AnswerOf } from '../../api/operation.ts'
import type { Service } from '../../api/service.ts'
import { invalid } from '../../error.ts'
import type { Call, Command } from '../command.ts'
import { textTable } from '../insight/text-table.ts'
import { countOption } from '../options/number-option.ts'
import { type AskServer, serverOf, serverOption, serverUsage } from '../options/server-option.ts'

type Job = AnswerOf<Service['getJob']>
type Jobs = AnswerOf<Service['listJobs']>
type Log = AnswerOf<Service['jobLog']>
type Kinds = AnswerOf<Service['listTrainable']>

/** `starling jobs`: what a running server learns, has learned, and is to learn. */
export const jobsCommand: Command = {
  name: 'jobs',
  usage: `starling jobs [list] [--open]
starling jobs kinds
starling jobs start KIND [--set NAME=VALUE,…] [--seed TEXT] [--memory-mb N] [--from SOURCE]
                         [--search NAME=LOW..HIGH,…] [--trials N] [--way tpe|random]
starling jobs show ID
starling jobs log ID [--size N]
starling jobs cancel ID

  --open           only jobs that are not over
  --set LIST       settings of the kind: dims=64,alpha=8; "starling jobs kinds" tells all
  --seed TEXT      the same log and the same seed give the same model
  --memory-mb N    what the job may hold in memory
  --from SOURCE    what to learn from: log, logged or file
  --file NAME      the file to learn from, below the folder imports
  --search LIST    settings to search for first: dims=16..128,alpha=1..40
  --trials N       how many settings are tried (20)
  --way WAY        tpe (by what earlier trials came to), or random
  --size N         lines of the log, the newest (200)
  --json           the answer for machines
${serverUsage}`,
  takesWords: true,
  options: {
    ...serverOption,
    ...{ open: { type: 'boolean' }, set: { type: 'string' }, seed: { type: 'string' } },
    ...{ 'memory-mb': { type: 'string' }, from: { type: 'string' }, file: { type: 'string' } },
    ...{ search: { type: 'string' }, trials: { type: 'string' }, way: { type: 'string' } },
    ...{ size: { type: 'string' }, json: { type: 'boolean' } },
  },

  async run(call) {
    const [deed = 'list', name] = call.positionals
    const does = deeds[deed]
    if (does === undefined) {
      const known = Object.keys(deeds).join(', ')
      throw invalid('what to do', `"${deed}" is not known; there are ${known}`)
    }
    const { answer, text } = await does(serverOf(call), call, name)
    const asJson = call.values['json'] === true
    call.terminal.print(asJson ? JSON.stringify(answer, undefined, 2) : text)
    return 0
  },
}

interface Told {
  readonly answer: unknown
  readonly text: string
}

type Deed = (ask: AskServer, call: Call, name: string | undefined) => Promise<Told>

const deeds: Readonly<Record<string, Deed>> = {
  async list(ask, { values }) {
    const answer = await ask<Jobs>('GET', `/v1/jobs${values['open'] === true ? '?open=true' : ''}`)
    const rows = answer.jobs.map((job) => [job.id, job.kind, job.status, wordsOn(job)])
    const text = rows.length === 0 ? 'no jobs' : textTable(['job', 'kind', 'stands', ''], rows, 4)
    return { answer, text }
  },

  async kinds(ask) {
    const answer = await ask<Kinds>('GET', '/v1/training/kinds')
    const text = answer.kinds.map(({ kind, summary, settings }) =>
      [
        `${kind}: ${summary}`,
        ...settings.map(({ name, initial, least, most, choices, description }) => {
          const range = choices ? choices.join(' | ') : `${least} to ${most}`
          return `  ${name} = ${initial} (${range}): ${description}`
        }),
      ].join('\n'),
    )
    return { answer, text: text.join('\n\n') }
  },

  async start(ask, { values }, kind) {
    const file = values['file']
    const source = values['from'] ?? (file === undefined ? undefined : 'file')
    const wanted = {
      kind: needed('KIND', kind),
      settings: settingsIn(values['set']),
      ...(values['seed'] !== undefined && { seed: values['seed'] }),
      ...(source !== undefined && { source }),
      ...(file !== undefined && { file }),
      ...searchIn(values),
      ...(values['memory-mb'] !== undefined && {
        memoryMb: countOption(values, 'memory-mb', 0, [128, 1_048_576]),
      }),
    }
    const answer = await ask<Job>('POST', '/v1/jobs', wanted)
    return { answer, text: `job ${answer.id} is ${answer.status}` }
  },

  async show(ask, _call, id) {
    const answer = await ask<Job>('GET', `/v1/jobs/${pathed(id)}`)
    return { answer, text: [`job ${answer.id}: ${answer.kind}`, ...factsOf(answer)].join('\n  ') }
  },

  async log(ask, { values }, id) {
    const size = countOption(values, 'size', 200, [1, 10_000])
    const answer = await ask<Log>('GET', `/v1/jobs/${pathed(id)}/log?size=${size}`)
    return { answer, text: answer.lines.map(({ at, line }) => `${at}  ${line}`).join('\n') }
  },

  async cancel(ask, _call, id) {
    const answer = await ask<Job>('POST', `/v1/jobs/${pathed(id)}:cancel`, {})
    return { answer, text: `job ${answer.id} is ${answer.status}` }
  },
}

function needed(what: string, word: string | undefined): string {
  if (word !== undefined) return word
  throw invalid(what, 'must be given')
}

const pathed = (id: string | undefined): string => encodeURIComponent(needed('ID', id))

/** `dims=64,alpha=8`: what looks like a number is one. */
function settingsIn(text: string | boolean | undefined): Record<string, number | string> {
  if (typeof text !== 'string' || text === '') return {}
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [name, value] = part.split('=')
      if (!name || value === undefined || value === '') {
        throw invalid('set', `"${part}" must be NAME=VALUE`)
      }
      return [name, Number.isNaN(Number(value)) ? value : Number(value)]
    }),
  )
}

/** `dims=16..128,alpha=1..40` */
function searchIn(values: Call['values']) {
  const text = values['search']
  if (typeof text !== 'string' || text === '') return {}
  const between = Object.fromEntries(
    text.split(',').map((part) => {
      const [, name, low, high] = /^([^=]+)=(.+)\.\.(.+)$/.exec(part) ?? []
      if (name === undefined || !(Number(low) < Number(high))) {
        throw invalid('search', `"${part}" must be NAME=LOW..HIGH`)
      }
      return [name, { low: Number(low), high: Number(high) }]
    }),
  )
  const trials = countOption(values, 'trials', 20, [1, 1_000])
  return { search: { trials, way: values['way'] ?? 'tpe', between } }
}

function wordsOn({ progress, result, trouble }: Job): string {
  if (progress) return `${progress.step} ${Math.round(progress.share * 100)} %`
  return result?.reason ?? trouble ?? ''
}

function factsOf(job: Job): readonly string[] {
  const { delay, result, attempts } = job
  const often = attempts === 1 ? 'once' : `${attempts} times`
  return [
    `${job.status}${wordsOn(job) === '' ? '' : `: ${wordsOn(job)}`}`,
    `asked for by ${job.by} at ${job.askedAt}, begun ${often}`,
    `settings ${JSON.stringify(job.settings)}`,
    `seed ${job.seed ?? 'follows from the log'}, memory ${job.memoryMb} MB`,
    ...(result ? [`${result.model} ${result.version || 'not published'}`] : []),
    ...Object.entries(result?.metrics ?? {}).map(([name, value]) => `${name}: ${value}`),
    ...(delay
      ? [`event loop late by ${delay.p50Ms} ms (half), ${delay.p99Ms} (p99), ${delay.maxMs} (most)`]
      : []),
  ]
}

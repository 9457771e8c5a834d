import { basename, dirname, join, resolve } from 'node:path'
import { readTimedLikes } from '../../engine/training/timed-likes.ts'
import { invalid } from '../../error.ts'
import { evaluationHtml, verdict } from '../../insight/evaluate/html.ts'
import { evaluationText } from '../../insight/evaluate/text.ts'
import type { SearchBudget } from '../../models/contenders/choose-settings.ts'
import { evaluate } from '../../models/contenders/evaluate.ts'
import type { Gauges } from '../../models/contenders/learn-and-judge.ts'
import { type Files, type Format, formats } from '../../models/evaluation/protocols/protocol.ts'
import { protocolOf } from '../../models/evaluation/protocols/protocol-of.ts'
import { splitRows, trainShare } from '../../models/evaluation/protocols/temporal.ts'
import type { Call, Command } from '../command.ts'
import { folderOf, folderOption, folderUsage } from '../options/folder.ts'
import { countOption, numberOption } from '../options/number-option.ts'
import { resultFiles, resultOptions } from '../options/result-files.ts'

const fileNames = ['train', 'test', 'negatives', 'validation', 'items'] as const

/** `starling evaluate`: how well would models have recommended? */
export const evaluateCommand: Command = {
  name: 'evaluate',
  usage: `starling evaluate [options]

Learns models by name from one part of the data, and asks them for the other: with 95 % intervals
over users, beside chance, popularity and neighbours, for cold and warm users and items apart.

Without --train, what the log of a state folder tells is cut at one moment: what was liked before it
is learned from, what was liked after it is asked for. A server may be running meanwhile.

${folderUsage}
  --share S         share of the likes that lies before the cut (${trainShare})

  --train FILE --test FILE [--negatives FILE] [--validation FILE] [--items FILE]
  --format F        what the files are: ${formats.slice(0, 4).join(', ')},
                    ${formats.slice(4).join(', ')}

  --models LIST     names; all that take the data unless told, and the baselines always
  --k N             how long lists are (10)
  --trials N        settings are searched for on a validation part, in so many trials for each model
  --seconds N       at most so long for each (120), asking --users N of the users (2000)
  --seed S          the same seed gives the same figures (1)
  --html FILE       the report as a page, with plots
  --json FILE       the report for machines`,
  options: {
    ...folderOption,
    ...Object.fromEntries(fileNames.map((name) => [name, { type: 'string' }] as const)),
    ...{ format: { type: 'string' }, share: { type: 'string' }, models: { type: 'string' } },
    ...{ k: { type: 'string' }, seed: { type: 'string' }, trials: { type: 'string' } },
    ...{ seconds: { type: 'string' }, users: { type: 'string' } },
    ...resultOptions,
  },

  async run(call) {
    const { values, terminal, signal } = call
    const write = await resultFiles(call)
    const seed = String(values['seed'] ?? 1)
    const models = modelsOf(values['models'])
    const budget = budgetOf(values, seed)
    const evaluation = await evaluate({
      ...(await dataOf(call)),
      ...(models && { models }),
      ...(budget && { budget }),
      k: countOption(values, 'k', 10, [1, 1_000]),
      ...{ seed, gauges, signal, onProgress: terminal.progress, tell: terminal.tell },
    })
    terminal.print(`${evaluationText(evaluation)}\n\n${verdict(evaluation)}`)
    await write({
      html: () => evaluationHtml(evaluation),
      json: () => `${JSON.stringify(evaluation, null, 2)}\n`,
    })
    return 0
  },
}

async function dataOf({ values, signal }: Call) {
  const told = fileNames.filter((name) => values[name] !== undefined)
  if (told.length === 0) {
    const folder = folderOf(values)
    const share = numberOption(values, 'share', trainShare, [0.05, 0.95])
    const rows = await readTimedLikes(join(folder, 'log'), signal)
    if (rows.times.length === 0) throw invalid('home', `${folder} holds no liking to learn from`)
    return { title: basename(folder), format: 'temporal', split: splitRows(rows, share) } as const
  }
  const format = formatOf(values['format'])
  const files = Object.fromEntries(told.map((name) => [name, resolve(String(values[name]))]))
  if (files['train'] === undefined) throw invalid('train', 'must name a file to learn from')
  const split = await protocolOf(format).read(files as unknown as Files)
  return { title: basename(dirname(files['train'])), format, split }
}

function formatOf(told: Call['values'][string]): Format {
  const format = formats.find((each) => each === told)
  if (format !== undefined) return format
  throw invalid('format', `${told ?? '(none)'} must be one of ${formats.join(', ')}`)
}

function modelsOf(told: Call['values'][string]): readonly string[] | undefined {
  return typeof told === 'string' ? told.split(',').map((name) => name.trim()) : undefined
}

/** Undefined where nothing is to be searched. */
function budgetOf(values: Call['values'], seed: string): SearchBudget | undefined {
  if (values['trials'] === undefined) return undefined
  return {
    ...{ sampler: 'tpe', seed },
    trials: countOption(values, 'trials', 1, [1, 10_000]),
    seconds: countOption(values, 'seconds', 120, [1, 1_000_000]),
    usersMax: countOption(values, 'users', 2_000, [1, 1_000_000_000]),
  }
}

const gauges: Gauges = {
  now: () => performance.now(),
  cpuSeconds() {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  },
  // The system counts in KiB.
  peakBytes: () => process.resourceUsage().maxRSS * 1024,
}

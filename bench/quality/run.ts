import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect, parseArgs } from 'node:util'
import { StarlingError } from '../../src/error.ts'
import type { Sampler } from '../../src/models/search/trial.ts'
import { setting } from '../harness/machine.ts'
import { progressOn } from '../harness/progress.ts'
import { evaluateSmall, folder, keptSmall, set } from './ml-latest-small.ts'
import { allEntries } from './published/entries.ts'
import { runOwnData } from './published/own-data.ts'
import { flatRows } from './published/row.ts'
import { resultsFolder, runPublished, writeDocument } from './published/run-published.ts'
import { pointsOf, searchBudget, searchEntry } from './published/search-entry.ts'
import { search } from './search.ts'

/** How well models recommend, beside published figures and simple ones: `npm run bench:quality`. */
const usage = `npm run bench:quality -- [options]

  (none)                 the whole table; rows stand until their code, settings or data change
  --quick                the cheap rows, on fewer users: minutes instead of hours, nothing is kept
  --anew                 rows of other commits too; one that is interrupted goes on
  --sets A,B             these sets only; --models A,B these models only
  --json FILE            {set, protocol, model, metric, value, low, high, trainSeconds, peakBytes}
  --search SET MODEL     settings, chosen on a validation part; --search alone: of ml-latest-small

Any other data:
  --format F             user-items, leave-one-out, timed, temporal, sequence, sessions, libfm
                         or ratings
  --train FILE --test FILE [--negatives FILE] [--validation FILE] [--items FILE] [--k 10]
                         --asked N: so many questions of the test at most (30000; fewer of a
                         catalogue beyond 40000 items)

Budget of a search:      --trials 30 --seconds 600 --users 2000 --sampler tpe|random
                         --points '[{"name": value}]', tried before what the sampler chooses
                         (other data: 30 trials, 75 seconds and 2000 users for each model; of
                         sequences and sessions 90 seconds and 3000 users, with times 60; and
                         240 seconds for all models together, unless seconds are told)`

/** What else is told with `--train`, and means nothing without. */
const ofOwn = ['format', 'test', 'negatives', 'validation', 'items', 'k', 'asked'] as const

const { values, positionals } = told()

function told() {
  const options = {
    help: { type: 'boolean', short: 'h', default: false },
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    anew: { type: 'boolean', default: false },
    search: { type: 'boolean', default: false },
    sets: { type: 'string' },
    models: { type: 'string' },
    format: { type: 'string' },
    train: { type: 'string' },
    test: { type: 'string' },
    negatives: { type: 'string' },
    validation: { type: 'string' },
    items: { type: 'string' },
    k: { type: 'string' },
    asked: { type: 'string' },
    trials: { type: 'string' },
    seconds: { type: 'string' },
    users: { type: 'string' },
    sampler: { type: 'string' },
    points: { type: 'string' },
  } as const
  try {
    return parseArgs({ allowPositionals: true, options })
  } catch (error) {
    process.stderr.write(`${(error as Error).message}\n\n${usage}\n`)
    return process.exit(1)
  }
}

/** Of data that nobody looked at: whoever asks has minutes, not hours. */
const ownBudget = { trials: 30, seconds: 75, usersMax: 2_000, secondsInAll: 240 }

/** Formats that more contenders take, or whose questions take longer. */
const ownSeconds: Readonly<Record<string, object>> = {
  ...{ sequence: { seconds: 90, usersMax: 3_000 }, sessions: { seconds: 90, usersMax: 3_000 } },
  ...{ timed: { seconds: 60, usersMax: 3_000 }, temporal: { seconds: 60, usersMax: 3_000 } },
}

/** Whoever tells seconds of a search means those, however many models there are. */
function ownBudgetOf(format: string) {
  const { secondsInAll, ...each } = ownBudget
  const inAll = values.seconds === undefined ? { secondsInAll } : {}
  return { ...searchBudget, ...each, ...ownSeconds[format], ...inAll, ...budgetTold() }
}

const { commit, machine, at } = setting()
const progress = progressOn(process.stderr)
const tell = (line: string): void => void process.stderr.write(`${line}\n`)
const print = (text: string): void => void process.stdout.write(`${text}\n`)

process.exitCode = await main().catch((error: unknown) => {
  // What the caller can mend is told in a line; of a fault of ours, where it is.
  const isTheirs = error instanceof StarlingError || (error as Error)?.constructor === Error
  tell(isTheirs ? (error as Error).message : inspect(error))
  return 1
})

async function main(): Promise<number> {
  if (values.help) print(usage)
  else if (values.search) print(await found())
  else if (values.train !== undefined) await ofOwnData()
  else {
    // The whole table takes hours: nobody is to wait for it who meant data of their own.
    const stray = ofOwn.find((name) => values[name] !== undefined)
    if (stray !== undefined) throw new Error(`--${stray}: --train must name a file beside it`)
    const [word] = positionals
    if (word !== undefined) throw new Error(`${word}: must stand after --search, or not at all`)
    return await table()
  }
  return 0
}

async function table(): Promise<number> {
  const { quick, anew } = values
  const [sets, models] = [listOf(values.sets), listOf(values.models)]
  const published = await runPublished({
    ...{ quick, anew, commit, tell, ...(sets && { sets }), ...(models && { models }) },
  })
  const isAsked = models === undefined && (sets === undefined || sets.includes(set))
  const small = isAsked ? await evaluateSmall(quick, progress) : undefined
  if (isAsked && small === undefined) print(`skipped: MovieLens ${set} is not at ${folder}`)
  const smoke = 'a smoke test: the cheap rows only, on a part of the users; nothing of it is kept'
  const lines = [published.text, small?.text, quick ? smoke : undefined, ...published.failures]
  print(lines.filter((line) => line !== undefined && line !== '').join('\n\n'))
  print(`\ncommit ${commit}; ${machine}`)
  await writeJson([...flatRows(published.rows), ...(small?.rows ?? [])])
  if (!quick) {
    const kept = await keptSmall()
    await writeDocument(kept === undefined ? '' : `## ${set}\n\n\`\`\`\n${kept.text}\n\`\`\``)
  }
  return published.failures.length > 0 ? 1 : 0
}

async function ofOwnData(): Promise<void> {
  const { format, train, test, negatives, validation, items, k } = values
  const files = { train: train!, test, negatives, validation, items }
  const models = listOf(values.models)
  // A file that cannot be written is told of now, not when minutes have gone by.
  await writeJson([])
  const { rows, text } = await runOwnData({
    ...{ format, files, progress, tell, onRows: writeJson, ...(models && { models }) },
    ...(values.asked !== undefined && { askedMax: countOf('asked', values.asked) }),
    ...(k !== undefined && { k: countOf('k', k) }),
    // A quick one takes the usual settings.
    ...(!values.quick && {
      budget: ownBudgetOf(format ?? ''),
    }),
  })
  print(`${text}\n\ncommit ${commit}; ${machine}`)
  await writeJson(rows)
}

async function found(): Promise<string> {
  if (positionals.length === 0) return search(folder, progress)
  const [name, model] = positionals
  const entries = await allEntries()
  const entry = entries.find((each) => each.set.name === name && each.model === model)
  if (entry !== undefined) {
    const budget = { ...searchBudget, ...budgetTold() }
    const told = { progress, tell }
    const points = values.points === undefined ? [] : pointsOf(values.points, entry)
    return searchEntry(entry, budget, join(resultsFolder, 'searches'), told, points)
  }
  const known = entries.filter(({ space }) => space !== undefined)
  const names = known.map((each) => `${each.set.name} ${each.model}`).join(', ')
  throw new Error(`--search ${name} ${model}: none such is entered; there are ${names}`)
}

function budgetTold() {
  const { trials, seconds, users } = values
  const sampler = samplerOf(values.sampler)
  return {
    ...(trials !== undefined && { trials: countOf('trials', trials) }),
    ...(seconds !== undefined && { seconds: countOf('seconds', seconds) }),
    ...(users !== undefined && { usersMax: countOf('users', users) }),
    ...(sampler !== undefined && { sampler }),
  }
}

function samplerOf(text: string | undefined): Sampler | undefined {
  if (text === undefined || text === 'tpe' || text === 'random') return text
  throw new Error(`--sampler ${text}: must be tpe or random`)
}

function countOf(name: string, text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count >= 1) return count
  throw new Error(`--${name} ${text}: must be a whole number >= 1`)
}

function listOf(text: string | undefined): readonly string[] | undefined {
  return text?.split(',').map((name) => name.trim())
}

async function writeJson(rows: readonly object[]): Promise<void> {
  if (values.json === undefined) return
  const report = { commit, machine, at, quick: values.quick, rows }
  await writeFile(values.json, `${JSON.stringify(report, undefined, 2)}\n`).catch(
    ({ code }: NodeJS.ErrnoException) => {
      throw new Error(`--json ${values.json}: cannot be written (${code})`)
    },
  )
}

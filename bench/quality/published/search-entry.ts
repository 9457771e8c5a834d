import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import {
  chooseSettings,
  type SearchBudget,
  trialText,
} from '../../../src/models/contenders/choose-settings.ts'
import type { Settings } from '../../../src/models/search/space.ts'
import type { Trial } from '../../../src/models/search/trial.ts'
import type { Entry } from './entry.ts'
import { dataFolder } from './play.ts'

export const searchBudget: SearchBudget = {
  ...{ sampler: 'tpe', trials: 30, seconds: 600, seed: 'search', usersMax: 2000 },
}

export interface SearchTold {
  readonly progress: (step: string, share: number) => void
  readonly tell: (line: string) => void
}

/** Points by hand, as JSON: settings that are left out are those in use. */
export function pointsOf(text: string, { model, space = {}, settings }: Entry): Settings[] {
  const wanted = 'must be a list of settings, as in \'[{"rate": 0.05}]\''
  return listIn(text, wanted).map((point) => {
    if (typeof point !== 'object' || point === null || Array.isArray(point))
      throw new Error(`--points: ${JSON.stringify(point)} ${wanted}`)
    const strange = Object.keys(point).find((name) => !(name in space))
    if (strange !== undefined) throw new Error(`--points: ${model} is not searched by "${strange}"`)
    const whole = { ...settings, ...point } as Settings
    return Object.fromEntries(Object.keys(space).map((name) => [name, whole[name]!]))
  })
}

function listIn(text: string, wanted: string): readonly unknown[] {
  let found: unknown
  try {
    found = JSON.parse(text)
  } catch (error) {
    throw new Error(`--points ${text}: ${wanted}: ${(error as Error).message}`, { cause: error })
  }
  if (!Array.isArray(found)) throw new Error(`--points ${text}: ${wanted}`)
  return found
}

/**
 * `--search SET MODEL`: goes on where an earlier search of the same space and seed ended, writes
 * each trial down, and resolves with what is to be entered. The test is read and not looked at.
 */
export async function searchEntry(
  entry: Entry,
  budget: SearchBudget,
  folder: string,
  { progress, tell }: SearchTold,
  points: readonly Settings[] = [],
): Promise<string> {
  const { set, model, space } = entry
  if (space === undefined) throw new Error(`${set.name} ${model} declares no space`)
  const [files] = set.files(resolve(dataFolder, set.name))
  const { data } = await set.protocol.read(files!)
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${set.name} ${model}.jsonl`.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-'))
  const { sampler, seed, usersMax } = budget
  const head = JSON.stringify({ set: set.name, model, space, sampler, seed, usersMax })
  const [first, ...lines] = (await readFile(file, 'utf8').catch(() => '')).trim().split('\n')
  const trials = first === head ? lines.map((line) => JSON.parse(line) as Trial) : []
  if (trials.length === 0) await writeFile(file, `${head}\n`)
  else tell(`going on after ${trials.length} trials`)
  const found = await chooseSettings({
    ...{ protocol: set.protocol, data, budget, trials, points, now: () => performance.now() },
    ...(set.k !== undefined && { k: set.k }),
    // Lists are never searched, so that what a fit is given is plain.
    contender: { ...entry, settings: entry.settings as Settings },
    onProgress: progress,
    async onTrial(trial, metric) {
      await appendFile(file, `${JSON.stringify(trial)}\n`)
      tell(trialText(trial, metric))
    },
  })
  const searched = {
    ...{ space, method: sampler, trials: found.trials.length, seed, best: found.figures },
  }
  return [
    `${set.name} ${model}: the best of ${found.trials.length} trials on the validation part`,
    ...[trialText(found.best, found.metric), `settings: ${JSON.stringify(found.settings)}`],
    `searched: ${JSON.stringify(searched)}`,
  ].join('\n')
}

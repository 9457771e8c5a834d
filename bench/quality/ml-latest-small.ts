import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { evaluate } from './evaluate.ts'
import { contentKey } from './published/row-key.ts'
import { resultsFolder } from './published/run-published.ts'
import type { ResultRow } from './result.ts'

/** How well the whole recipe recommends, beside simple models: what the engine itself is. */
export const set = 'ml-latest-small'
export const folder = resolve(import.meta.dirname, '../../../shared/data', set)

/** What the rows are made by: a recipe is all of the engine. */
const code = [
  ...['src/kernel', 'src/events', 'src/state', 'src/models', 'src/feed', 'src/engine'],
  ...['bench/quality/contenders', 'bench/quality/evaluate.ts', 'bench/quality/settings.ts'],
]

interface Evaluated {
  readonly rows: readonly ResultRow[]
  readonly text: string
}

const file = join(resultsFolder, `${set}.json`)

/** Undefined where the data are not there. A quick one is made anew, and not kept. */
export async function evaluateSmall(
  quick: boolean,
  progress: (step: string, share: number) => void,
): Promise<Evaluated | undefined> {
  if (!existsSync(join(folder, 'ratings.csv'))) return undefined
  if (quick) return evaluate({ set, folder, quick, progress })
  const key = await contentKey([...code, join(folder, 'ratings.csv')])
  const kept = await keptSmall()
  if (kept?.key === key) return kept
  const made = await evaluate({ set, folder, quick, progress })
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify({ key, ...made }, undefined, 2)}\n`)
  return made
}

/** What was made last, whatever has changed since. */
export async function keptSmall(): Promise<(Evaluated & { key: string }) | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : JSON.parse(text)
}

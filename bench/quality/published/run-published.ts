import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { documentOf } from './document.ts'
import { allEntries } from './entries.ts'
import type { Entry } from './entry.ts'
import { openKeptRows } from './kept-rows.ts'
import { type Made, makeRows } from './make-rows.ts'
import { dataFolder } from './play.ts'
import { publishedSets } from './sets/all.ts'
import { textTable } from './text-table.ts'

export const resultsFolder = resolve(import.meta.dirname, '../results')
const document = resolve(import.meta.dirname, '../../../docs/benchmarks.md')

/** Of each set, so many users are asked in a quick run. */
const quickUsers = 1000

export interface PublishedOptions {
  readonly quick: boolean
  /** Names; all where left out. */
  readonly sets?: readonly string[]
  readonly models?: readonly string[]
  readonly commit: string
  /** Rows of other commits don't stand. */
  readonly anew?: boolean
  readonly tell: (line: string) => void
}

/** The rows of the published sets, and their tables as text. */
export async function runPublished(options: PublishedOptions): Promise<Made & { text: string }> {
  const { quick, commit, anew = false, tell } = options
  const entries = await allEntries()
  const wanted = chosen(entries, options).filter((entry) => !quick || entry.quick === true)
  const kept = quick ? undefined : await openKeptRows(join(resultsFolder, 'published.jsonl'))
  const made = await makeRows({
    ...{ entries: wanted, data: dataFolder, commit, anew, tell },
    ...(kept && { kept }),
    ...(quick && { usersMax: quickUsers }),
  })
  const sets = publishedSets.filter((set) => made.rows.some((row) => row.set === set.name))
  const tables = sets.map((set) => textTable(set, made.rows))
  const notes = made.skipped.map((set) => `skipped: ${set} is not at ${join(dataFolder, set)}`)
  return { ...made, text: [...tables, ...notes].join('\n\n') }
}

/**
 * Writes the document from all rows that are kept and still entered; `more` is put at its end.
 * Rows of other runs stay, whatever was chosen this time.
 */
export async function writeDocument(more: string): Promise<void> {
  const entries = await allEntries()
  const kept = await openKeptRows(join(resultsFolder, 'published.jsonl'))
  await kept.tidy(({ set, model }) =>
    entries.some((entry) => entry.set.name === set && entry.model === model),
  )
  await writeFile(document, documentOf(publishedSets, kept.all(), more))
}

function chosen(entries: readonly Entry[], options: PublishedOptions): readonly Entry[] {
  const { sets, models } = options
  checkNames('sets', sets, [...publishedSets.map(({ name }) => name), 'ml-latest-small'])
  checkNames('models', models, [...new Set(entries.map(({ model }) => model))])
  const order = publishedSets.map(({ name }) => name)
  return entries
    .filter(({ set }) => sets === undefined || sets.includes(set.name))
    .filter(({ model }) => models === undefined || models.includes(model))
    .toSorted((one, other) => order.indexOf(one.set.name) - order.indexOf(other.set.name))
}

function checkNames(
  option: string,
  names: readonly string[] | undefined,
  known: readonly string[],
): void {
  for (const name of names ?? []) {
    if (known.includes(name)) continue
    throw new Error(`--${option} ${name}: there is none; there are ${known.join(', ')}`)
  }
}

import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Row } from './row.ts'

/**
 * Rows that were made before, a line of JSON each. They are part of the repository: the table is
 * evidence, and an interrupted run goes on where it ended.
 */
export interface KeptRows {
  /** The newest row of a set and model, whatever its key. */
  find(set: string, model: string): Row | undefined
  /** Durable as soon as it resolves: a run may end at any time. */
  add(row: Row): Promise<void>
  /** Writes the file anew, in order and without rows that nothing stands for any more. */
  tidy(isWanted: (row: Row) => boolean): Promise<void>
  all(): readonly Row[]
}

export async function openKeptRows(file: string): Promise<KeptRows> {
  const rows = new Map<string, Row>()
  const nameOf = ({ set, model }: Pick<Row, 'set' | 'model'>): string => `${set} ${model}`
  const text = await readFile(file, 'utf8').catch(() => '')
  for (const line of text.split('\n')) {
    const row = parsed(line)
    if (row === undefined) continue
    // Lines of two branches are joined in any order: what was made last stands.
    const other = rows.get(nameOf(row))
    if (other === undefined || other.at <= row.at) rows.set(nameOf(row), row)
  }
  const all = (): readonly Row[] => [...rows.values()]
  await mkdir(dirname(file), { recursive: true })
  // An append that was cut short leaves a line without an end: the next one must not join it.
  if (text !== '' && !text.endsWith('\n')) await appendFile(file, '\n')
  return {
    all,
    find: (set, model) => rows.get(nameOf({ set, model })),
    async add(row) {
      rows.set(nameOf(row), row)
      await appendFile(file, `${JSON.stringify(row)}\n`)
    },
    async tidy(isWanted) {
      for (const row of all()) if (!isWanted(row)) rows.delete(nameOf(row))
      const order = all().toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
      const lines = order.map((row) => `${JSON.stringify(row)}\n`).join('')
      await writeFile(`${file}.new`, lines)
      await rename(`${file}.new`, file)
    },
  }
}

function parsed(line: string): Row | undefined {
  try {
    return line === '' ? undefined : (JSON.parse(line) as Row)
  } catch {
    return undefined // The end of an interrupted append: that row is made again.
  }
}

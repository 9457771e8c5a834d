import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { OpenEngine } from '../engine/engine-of.ts'
import { systemClock } from '../events/clock.ts'
import { fileCheckpoint } from '../events/import/checkpoint.ts'
import { type ImportSummary, importFiles } from '../events/import/importer.ts'
import type { Mapping } from '../events/import/layout/mapping.ts'
import type { Call } from './command.ts'

export interface Brought {
  readonly summary: ImportSummary
  /** Where the rows lie that were set aside. */
  readonly rejects: string
}

/** Imports files into an engine. What is interrupted goes on with the next call. */
export async function bringIn(
  engine: OpenEngine,
  paths: readonly string[],
  { terminal, signal }: Pick<Call, 'terminal' | 'signal'>,
  mapping?: Mapping,
): Promise<Brought> {
  await mkdir(engine.home.imports, { recursive: true })
  const rejects = join(engine.home.imports, 'rejected.jsonl')
  const summary = await importFiles({
    paths,
    clock: systemClock,
    async sink(events) {
      const fates = await engine.record(events, { settled: true })
      const duplicates = fates.filter((fate) => fate === 'repeated').length
      return { accepted: fates.length - duplicates, duplicates }
    },
    rejects: (rows) => appendFile(rejects, rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
    checkpoint: fileCheckpoint(join(engine.home.imports, 'checkpoint.json')),
    onProgress: ({ phase, rowCount, totalRowCount }) => {
      if (phase === 'importing') terminal.progress('import', rowCount / (totalRowCount ?? rowCount))
    },
    signal,
    ...(mapping && { mapping }),
  })
  return { summary, rejects }
}

/** What an import came to, in lines. */
export function described({ summary, rejects }: Brought): string {
  const { accepted, duplicates, rejected, files, unread, resumedAfter } = summary
  const rejectedCount = Object.values(rejected).reduce((sum, count) => sum + count, 0)
  const kinds = Object.entries(accepted).filter(([, count]) => count > 0)
  const lines = files.flatMap(({ path, rowCount, conclusions }) => [
    `${path}: ${rowCount.toLocaleString('en')} ${rowCount === 1 ? 'row' : 'rows'}`,
    ...conclusions.map((conclusion) => `  ${conclusion}`),
  ])
  for (const { path, reason } of unread) lines.push(`${path}: not read: ${reason}`)
  if (resumedAfter > 0)
    lines.push(`went on after ${resumedAfter.toLocaleString('en')} rows of an earlier run`)
  // Kinds are named in the plural: items, users, events.
  const named = (kind: string, count: number) => (count === 1 ? kind.slice(0, -1) : kind)
  const taken = kinds
    .map(([kind, count]) => `${count.toLocaleString('en')} ${named(kind, count)}`)
    .join(', ')
  lines.push(`taken: ${taken || 'nothing'}; known already: ${duplicates.toLocaleString('en')}`)
  if (rejectedCount === 0) return lines.join('\n')
  lines.push(`set aside: ${rejectedCount.toLocaleString('en')} rows, in ${rejects}`)
  for (const [reason, count] of Object.entries(rejected)) lines.push(`  ${reason}: ${count}`)
  return lines.join('\n')
}

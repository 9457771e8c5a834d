import { invalid } from '../error.ts'
import type { Mapping } from '../events/import/layout/mapping.ts'
import { bringIn, described } from './bring-in.ts'
import type { Command } from './command.ts'
import { folderOption, folderUsage } from './folder.ts'
import { openEngine } from './open.ts'

/** `starling import FILE…`: items, users and events from files. */
export const importCommand: Command = {
  name: 'import',
  summary: 'bring in items, users and events from CSV, JSONL or Parquet files',
  usage: `starling import FILE|FOLDER … [options]

Brings files in: items, then users, then events. Columns are recognised by their names; a folder in
the MovieLens layout is known as such. Bad rows are set aside and reported, good rows kept. What is
interrupted goes on when the same command is given again. "starling doctor" looks before.

  --map a=b,c=d   which column is what: item=sku,at=ts
${folderUsage}`,
  options: { ...folderOption, map: { type: 'string' } },

  async run({ values, positionals, terminal, signal }) {
    if (positionals.length === 0)
      throw invalid('FILE', 'is missing: name the files or a folder to import')
    await using engine = await openEngine({ values, terminal }, { retrain: false })
    const brought = await bringIn(
      engine,
      positionals,
      { terminal, signal },
      mappingOf(values['map']),
    )
    terminal.print(described(brought))
    return 0
  },
}

export function mappingOf(text: string | boolean | undefined): Mapping | undefined {
  if (typeof text !== 'string') return undefined
  const pairs = text.split(',').map((pair) => pair.split('='))
  const broken = pairs.find((pair) => pair.length !== 2 || pair.includes(''))
  if (broken !== undefined) throw invalid('--map', `"${broken.join('=')}" must be name=column`)
  return Object.fromEntries(pairs) as Mapping // The importer checks the names.
}

import { invalid } from '../error.ts'
import { type Mapping, roles } from '../events/import/layout/mapping.ts'
import { bringIn, described } from './bring-in.ts'
import type { Command } from './command.ts'
import { openEngine } from './open.ts'
import { folderOption, folderUsage } from './options/folder.ts'

/** `starling import FILE…`: items, users and events from files. */
export const importCommand: Command = {
  name: 'import',
  usage: `starling import FILE|FOLDER … [options]

Brings files in: items, then users, then events. Columns are recognised by their names; a folder in
the MovieLens layout is known as such. Bad rows are set aside and reported, good rows kept. What is
interrupted goes on when the same command is given again. "starling doctor" looks before.

  --map a=b,c=d   which column is what: item=sku,at=ts
${folderUsage}`,
  options: { ...folderOption, map: { type: 'string' } },
  takesWords: true,

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

/** `item=sku,at=ts` as a mapping; `ignore=a+b` names columns to leave aside. */
export function mappingOf(text: string | boolean | undefined): Mapping | undefined {
  if (typeof text !== 'string') return undefined
  const pairs = text.split(',').map((pair) => pair.split('='))
  for (const [name = '', column = '', ...more] of pairs) {
    const known = [...roles, 'kind', 'action', 'ignore'].includes(name)
    if (known && column !== '' && more.length === 0) continue
    const names = roles.join(', ')
    throw invalid('--map', `"${name}=${column}" must be name=column, with a name of: ${names}`)
  }
  const { ignore, ...mapping } = Object.fromEntries(pairs) as Record<string, string>
  // Kind and action are checked by the importer, which knows the words.
  return { ...mapping, ...(ignore !== undefined && { ignore: ignore.split('+') }) } as Mapping
}

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { invalid } from '../error.ts'
import { type Keys, openKeys } from '../server/keys.ts'
import type { Command, Terminal } from './command.ts'
import { folderOf, folderOption, folderUsage } from './options/folder.ts'

const scopes = ['ingest', 'serve', 'admin'] as const

/** `starling keys create|list|revoke`: who may do what. */
export const keys: Command = {
  name: 'keys',
  usage: `starling keys create --scope ingest|serve|admin
starling keys list
starling keys revoke ID

As long as there are no keys the server listens on loopback only, and asks for none. ingest may send
events, items and users; serve may ask for feeds; admin may do all. A key is shown once, when it is
made; only its hash is kept.

  --scope SCOPE   what the new key may do
${folderUsage}`,
  options: { ...folderOption, scope: { type: 'string' } },
  takesWords: true,

  async run({ values, positionals, terminal }) {
    const folder = folderOf(values)
    await mkdir(folder, { recursive: true })
    const open = openKeys(join(folder, 'keys.json'))
    const [verb, id] = positionals
    if (verb === 'create') return create(open, values['scope'], terminal)
    if (verb === 'list') return list(open, terminal)
    if (verb !== 'revoke') throw invalid('keys', 'is followed by create, list or revoke')
    if (id === undefined || !open.revoke(id))
      throw invalid('ID', `${id ?? ''} names no key; "starling keys list" shows them`)
    terminal.print(`revoked ${id}`)
    return 0
  },
}

function create(open: Keys, asked: unknown, terminal: Terminal): number {
  const scope = scopes.find((known) => known === asked)
  if (scope === undefined) throw invalid('--scope', `must be one of ${scopes.join(', ')}`)
  const { secret, id } = open.create(scope)
  terminal.print(secret)
  terminal.tell(`key ${id} with scope ${scope}: this is the only time it is shown`)
  return 0
}

function list(open: Keys, terminal: Terminal): number {
  for (const { id, scope, createdAt } of open.list()) {
    terminal.print(`${id}  ${scope.padEnd(6)}  ${new Date(createdAt).toISOString()}`)
  }
  return 0
}

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { errorCodes } from '../src/api/error-codes.ts'
import { operations } from '../src/api/service.ts'
import type { Command } from '../src/cli/command.ts'
import { doctor } from '../src/cli/doctor.ts'
import { importCommand } from '../src/cli/import.ts'
import { keys } from '../src/cli/keys.ts'
import { train } from '../src/cli/learning/train.ts'
import { serveCommand } from '../src/cli/serve.ts'
import { declaredParameters } from '../src/engine/control/declared/all.ts'
import { actions } from '../src/events/event.ts'
import { defaultSignals } from '../src/events/signals.ts'
import { rpcName } from '../src/server/grpc/wire/wire-name.ts'

const docs = join(import.meta.dirname, '../docs')
const commands: readonly Command[] = [serveCommand, importCommand, doctor, train, keys]

function read(page: string): string {
  return readFileSync(join(docs, page), 'utf8')
}

/** The JSON blocks of a page, below one of its headings. */
function jsonBelow(page: string, heading: string): unknown {
  const section = read(page).split(`\n## ${heading}\n`)[1] ?? ''
  return JSON.parse(/```json\n([\s\S]*?)```/.exec(section)?.[1] ?? 'null')
}

describe('the reference', () => {
  it('has a row for every operation, and none for others', () => {
    const rows = [
      ...read('reference/http.md').matchAll(/^\| `([A-Z]+ \S+)` \| (\w+) \| (.*?) \|/gm),
    ]
    const described = operations.map(([name, { method, path, scope, grpc }]) =>
      [`${method} ${path}`, scope, grpc === false ? '–' : `\`${rpcName(name)}\``].join(' | '),
    )
    assert.deepEqual(rows.map((row) => row.slice(1, 4).join(' | ')).sort(), described.sort())
  })

  it('has a row for every code of errors', () => {
    const page = read('reference/http.md')
    for (const [code, { http, grpc }] of Object.entries(errorCodes))
      assert.ok(page.includes(`| \`${code}\` | ${http} | ${grpc} |`), code)
  })

  it('tells every parameter, and what it is unless told', () => {
    const names = [...read('reference/parameters.md').matchAll(/^## (.+)$/gm)].map(
      ([, name]) => name,
    )
    assert.deepEqual(
      names,
      declaredParameters.map(({ name }) => name),
    )
    assert.deepEqual(jsonBelow('reference/parameters.md', 'signals'), defaultSignals)
    const blend = declaredParameters.find(({ name }) => name === 'blend')
    assert.deepEqual(jsonBelow('reference/parameters.md', 'blend'), blend?.initial)
    for (const { name, check } of declaredParameters)
      check(jsonBelow('reference/parameters.md', name) as Parameters<typeof check>[0])
  })

  it('tells every command and every option', () => {
    const page = read('reference/configuration.md')
    for (const { name, options } of commands) {
      assert.ok(page.includes(`starling ${name}`), name)
      for (const option of Object.keys(options)) {
        const row = page.split('\n').find((line) => line.startsWith(`| \`--${option}`))
        assert.ok(row?.split('|')[2]?.includes(name), `--${option} of ${name}`)
      }
    }
  })

  it('tells every action', () => {
    const page = read('guide/send-events-right.md')
    for (const action of actions) assert.ok(page.includes(`\`${action}\``), action)
  })
})

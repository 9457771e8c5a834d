import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { promisify } from 'node:util'

const loader = resolve(import.meta.dirname, '../../bin/loader.mjs')

const functions = `
export const outer = (depth: number): string => {
  const inner = (): never => {
    throw new Error(\`\${inner.name} of \${depth}\`)
  }
  return inner()
}
`

const program = `
import { outer } from './functions.mts'
interface Said { readonly line: string }
setTimeout(() => {
  try {
    outer(2)
  } catch (error) {
    const said: Said = { line: (error as Error).stack! }
    process.stdout.write(\`\${said.line}\\n\${outer.name}\`)
  }
})
`

describe('the loader', () => {
  it('runs TypeScript as it stands, and errors say where they were thrown', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'starling-loader-'))
    try {
      await writeFile(join(folder, 'functions.mts'), functions)
      await writeFile(join(folder, 'program.mts'), program)
      const args = ['--import', loader, join(folder, 'program.mts')]
      const { stdout } = await promisify(execFile)(process.execPath, args)
      assert.match(stdout, /functions\.mts:4:11/)
      assert.match(stdout, /at outer \(.*functions\.mts:6:10/)
      // What is made while a module is read keeps its name; what is made in it later costs none.
      assert.match(stdout, /^Error: {2}of 2$/m)
      assert.match(stdout, /^outer$/m)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

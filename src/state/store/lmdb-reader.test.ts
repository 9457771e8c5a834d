import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { StarlingError } from '../../error.ts'
import { openLmdbReader } from './lmdb-reader.ts'

/** Writes the number it is told, and says so when it is committed. */
const writer = `
  import { createInterface } from 'node:readline'
  import { openLmdbStore } from ${JSON.stringify(new URL('lmdb-store.ts', import.meta.url).href)}
  const store = openLmdbStore({ folder: process.argv[1] })
  for await (const line of createInterface({ input: process.stdin })) {
    await store.commit([{ put: 'n', value: Buffer.from(line) }])
    process.stdout.write(line + '\\n')
  }
  await store[Symbol.asyncDispose]()
`

test('a reader sees each commit of another process as soon as it is made', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'starling-reader-'))
  try {
    const args = ['--import', 'tsx', '--input-type=module', '-e', writer, '--', folder]
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const commit = async (number: number): Promise<void> => {
      child.stdin.write(`${number}\n`)
      assert.equal((await lines.next()).value, String(number))
    }
    await commit(0)
    await using reader = openLmdbReader({ folder })
    for (let number = 1; number <= 20; number++) {
      await commit(number)
      const [value, none] = await reader.get(['n', 'm'])
      assert.equal(Buffer.from(value!).toString(), String(number))
      assert.equal(none, undefined)
    }
    const exited = once(child, 'exit')
    child.stdin.end()
    await exited
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('a reader of nothing says so', () => {
  assert.throws(
    () => openLmdbReader({ folder: join(tmpdir(), 'starling-no-such-folder') }),
    (error) => error instanceof StarlingError && error.code === 'not_found',
  )
})

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const killed = {
  'log-kill': 'an event log',
  'engine-kill': 'an engine',
  'replay-kill': 'workers that replay a log',
}

// Beside the other tests, not after them: these wait for processes more than they compute.
for (const [program, what] of Object.entries(killed)) {
  test(`${what} is as it should be after each of a hundred kills`, async () => {
    const file = fileURLToPath(new URL(`../crash/${program}.ts`, import.meta.url))
    const args = ['--import', 'tsx', file, '--kills', '100', '--seed', '1']
    const { stdout } = await promisify(execFile)(process.execPath, args)
    assert.match(stdout, /100 passed, 0 failed|^100 kills: .* none lost/m)
  })
}

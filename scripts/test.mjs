#!/usr/bin/env node
// Runs every *.test.ts and *.fuzz.ts below the named folders (src and test by default). Node 20's
// own runner takes no globs.
import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const roots = process.argv.slice(2).filter((arg) => !arg.startsWith('--'))
const flags = process.argv.slice(2).filter((arg) => arg.startsWith('--'))

function find(path) {
  if (/\.(test|fuzz|browser)\.ts$/.test(path)) return [path]
  if (/\.\w+$/.test(path)) return []
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.name === 'node_modules'
      ? []
      : entry.isDirectory() || /\.(test|fuzz|browser)\.ts$/.test(entry.name)
        ? find(join(path, entry.name))
        : [],
  )
}

const files = (
  roots.length > 0
    ? roots
    : ['src', 'web/src', 'examples', 'test/tidy', 'test/stories', 'test/simulation', 'test/golden']
).flatMap((root) => {
  try {
    return find(root)
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
})
if (files.length === 0) {
  console.error(`no tests found in ${roots.join(', ')}`)
  process.exit(1)
}
const child = spawn(
  process.execPath,
  [
    '--import',
    'tsx',
    '--test',
    '--test-timeout=120000',
    '--test-concurrency=2',
    ...flags,
    ...files.sort(),
  ],
  { stdio: 'inherit' },
)
child.on('exit', (code, signal) => process.exit(signal ? 1 : code))

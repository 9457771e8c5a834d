#!/usr/bin/env node
// Runs every *.test.ts and *.fuzz.ts below the named folders (src and test by default). Node 20's
// own runner takes no globs.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const named = process.argv.slice(2).filter((arg) => !arg.startsWith('--'))
// What is named inside a folder is meant alone: test:browser -- test/browser/news.browser.ts
const roots = named.filter((root) => !named.some((other) => other.startsWith(`${root}/`)))
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
    : [
        ...['src', 'web/src', 'web/console', 'examples'],
        ...['test/tidy', 'test/stories', 'test/simulation', 'test/golden'],
      ]
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

// Rooms whose tests begin no servers: beginning a process would take longer than most of
// their files do, so several share one.
const shared = /^src\/(kernel|events|state|models|feed|insight|api|client)\//
const perProcess = 8
// Hooks of a file would be those of all.
const hook = /^(before|after|beforeEach|afterEach)\(/m

const groupsFolder = mkdtempSync(join(tmpdir(), 'starling-tests-'))

function grouped(paths) {
  const together = paths.filter((path) => shared.test(path) && !hook.test(readFileSync(path)))
  const alone = paths.filter((path) => !together.includes(path))
  const groups = []
  for (let at = 0; at < together.length; at += perProcess) {
    const part = together.slice(at, at + perProcess)
    const name = part[0].replaceAll('/', '-').replace(/\.\w+\.ts$/, '')
    const group = join(groupsFolder, `${name}-and-${part.length - 1}-more.test.mjs`)
    const lines = part.map((path) => `await import('${pathToFileURL(resolve(path)).href}')\n`)
    writeFileSync(group, lines.join(''))
    groups.push(group)
  }
  return [...groups, ...alone]
}

const child = spawn(
  process.execPath,
  [
    '--import',
    'tsx',
    '--test',
    '--test-timeout=300000',
    '--test-concurrency=2',
    ...flags,
    ...grouped(files.sort()),
  ],
  { stdio: 'inherit' },
)
child.on('exit', (code, signal) => {
  rmSync(groupsFolder, { recursive: true })
  process.exit(signal ? 1 : code)
})

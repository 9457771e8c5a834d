#!/usr/bin/env node
// `npm start`: serves the demo; beside that, builds the page where it is missing or out of date.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const built = join(root, 'web/dist/index.html')

function newest(path) {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  const names = readdirSync(path).filter((name) => name !== 'dist' && name !== 'node_modules')
  return Math.max(stat.mtimeMs, ...names.map((name) => newest(join(path, name))))
}

function isStale() {
  // The client and the description of the API are compiled into the page.
  const sources = ['web', 'src/client', 'src/api', 'src/error.ts', 'src/events/event.ts']
  const changed = Math.max(...sources.map((path) => newest(join(root, path))))
  return !existsSync(built) || statSync(built).mtimeMs < changed
}

/** In a process of its own: a first start has enough to do until the page is asked for. */
function build() {
  process.stderr.write('building the page\n')
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const args = [vite, 'build', '--config', join(root, 'web/vite.config.ts'), '--logLevel', 'warn']
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 2, 2] })
  const end = () => child.kill()
  process.once('exit', end)
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', (code) => {
      process.off('exit', end)
      if (code === 0) done()
      else fail(new Error(`the page could not be built: vite ended with ${code}`))
    })
  })
}

const page = existsSync(join(root, 'web/index.html')) && isStale() ? build() : undefined
// It is told where it is waited for; until then it must not end the process.
page?.catch(() => undefined)
await import('../bin/loader.mjs')
const { commandLine } = await import('../src/cli/command-line.ts')
process.exitCode = await commandLine(['serve', '--demo', ...process.argv.slice(2)], page)

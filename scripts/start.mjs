#!/usr/bin/env node
// `npm start`: builds the page where it is missing or older than its sources, then serves the demo.
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

if (existsSync(join(root, 'web/index.html'))) {
  // The client and the description of the API are compiled into the page.
  const sources = ['web', 'src/client', 'src/api', 'src/error.ts', 'src/events/event.ts']
  const changed = Math.max(...sources.map((path) => newest(join(root, path))))
  const stale = !existsSync(built) || statSync(built).mtimeMs < changed
  if (stale) {
    process.stderr.write('building the page\n')
    const { build } = await import('vite')
    await build({ configFile: join(root, 'web/vite.config.ts'), logLevel: 'warn' })
  }
}
process.argv.splice(2, 0, 'serve', '--demo')
await import('../bin/starling.mjs')

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
  const stale = !existsSync(built) || statSync(built).mtimeMs < newest(join(root, 'web'))
  if (stale) {
    process.stderr.write('building the page\n')
    const { build } = await import('vite')
    await build({ configFile: join(root, 'web/vite.config.ts'), logLevel: 'warn' })
  }
}
process.argv.splice(2, 0, 'serve', '--demo')
await import('../bin/starling.mjs')

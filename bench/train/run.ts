import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/**
 * What learns and searches here beside what others use for it: `npm run bench:train`. Makes an
 * environment of Python for itself; without one it says what it skipped.
 */
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** A million rows and ten million interactions too: more than an hour. */
    full: { type: 'boolean', default: false },
    /** PyTorch is large: `--without-torch` leaves it and what is held against it out. */
    'without-torch': { type: 'boolean', default: false },
  },
})

const root = join(import.meta.dirname, '../..')
const quick = values.quick ? ['--quick'] : []
const full = values.full ? ['--full'] : []

await runs('bench/train/kernels/kernels.ts', quick)
// Implicit and hnswlib are targets of `npm run bench` too; what is large is only here.
await runs('bench/run.ts', ['--only', '8,10', ...quick, ...full])
if (values['without-torch'] || values.quick) {
  process.stdout.write('skipped: deep rankers beside PyTorch, which a quick run leaves out\n')
} else {
  await runs('bench/train/deep/deep-rankers.ts', [])
}

async function runs(script: string, args: readonly string[]): Promise<void> {
  const command = ['--import', 'tsx', join(root, script), ...args]
  const child = spawn(process.execPath, command, { cwd: root, stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code !== 0) process.exitCode = 1
}

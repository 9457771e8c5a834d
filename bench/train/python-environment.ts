import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const folder = resolve(import.meta.dirname, '../../.cache/bench-python')

/** What is held against in a version that was named. */
const versions: Readonly<Record<string, string>> = { implicit: 'implicit==0.7.3' }

/** Installing what is large takes minutes; what never answers is given up. */
const installMs = 20 * 60_000

/**
 * A Python that has these packages, or why there is none: the one named by `STARLING_BENCH_PYTHON`,
 * or an environment for benches alone, which is made where there is none yet. Nothing of the
 * product needs it.
 */
export async function pythonWith(
  packages: readonly string[],
): Promise<{ readonly python: string } | { readonly missing: string }> {
  const given = process.env['STARLING_BENCH_PYTHON']
  if (given !== undefined) {
    if (await has(given, packages)) return { python: given }
    return { missing: `${given} lacks one of ${packages.join(', ')}` }
  }
  const python = join(folder, 'bin/python')
  if (await has(python, packages)) return { python }
  try {
    await mkdir(folder, { recursive: true })
    await run('python3', ['-m', 'venv', folder])
    const wanted = packages.map((name) => versions[name] ?? name)
    await run(python, ['-m', 'pip', 'install', '--quiet', ...wanted], { timeout: installMs })
    return { python }
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error)
    return { missing: `${packages.join(', ')} can't be installed: ${why}` }
  }
}

async function has(python: string, packages: readonly string[]): Promise<boolean> {
  const imports = packages.map((name) => `import ${name}`).join('; ')
  return run(python, ['-c', imports]).then(
    () => true,
    () => false,
  )
}

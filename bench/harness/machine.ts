import { execFileSync } from 'node:child_process'
import { cpus, loadavg, totalmem } from 'node:os'

/** What was measured, and on what. */
export interface Setting {
  readonly commit: string
  readonly machine: string
  readonly at: string
}

export function setting(): Setting {
  const [cpu] = cpus()
  const processors = `${cpus().length} × ${cpu?.model ?? 'unknown'}`
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB`
  const busy = `load ${loadavg()[0]!.toFixed(1)} at the start`
  return {
    commit: commit(),
    machine: [processors, memory, `Node ${process.version}`, process.platform, busy].join(', '),
    at: new Date().toISOString(),
  }
}

const written = ['bench/quality/results', 'docs/benchmarks.md']

function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
    // What benches write themselves changes nothing of what they measure.
    const measured = written.map((path) => `:(top,exclude)${path}`)
    const status = git('status', '--porcelain', '--', ':/', ...measured)
    const changed = status === '' ? '' : ' with changes'
    return git('rev-parse', '--short', 'HEAD') + changed
  } catch {
    return 'unknown'
  }
}

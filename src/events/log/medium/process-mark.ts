import { readFileSync } from 'node:fs'

/** Tells a process from all others on this machine, also from a later one with the same id. */
export interface ProcessMark {
  readonly pid: number
  /** The boot of the machine and the moment within it at which the process began, or "unknown". */
  readonly born: string
}

export function thisProcess(): ProcessMark {
  return { pid: process.pid, born: birth(process.pid)?.born ?? unknown }
}

/** False only where it is certain: a process that may run is taken to run. */
export function isRunning(mark: ProcessMark): boolean {
  try {
    process.kill(mark.pid, 0)
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
  }
  const found = birth(mark.pid)
  if (found === undefined || mark.born === unknown) return true
  return found.born === mark.born && !found.dead
}

const unknown = 'unknown'

/** From /proc, which Linux has; `undefined` elsewhere. See proc(5), `stat`. */
function birth(pid: number): { born: string; dead: boolean } | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8)
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The second field is the program's name in parentheses, and may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended and only waits for its parent to ask how.
    return { born: `${boot}-${fields[19]}`, dead: /^[ZX]/.test(fields[0] ?? '') }
  } catch {
    return undefined
  }
}

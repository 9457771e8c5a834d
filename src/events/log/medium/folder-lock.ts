import { join } from 'node:path'
import { StarlingError } from '../../../error.ts'
import { systemCode } from './failure.ts'
import type { Medium } from './medium.ts'
import { isRunning, type ProcessMark, thisProcess } from './process-mark.ts'

/**
 * Keeps a second writer out of a folder. Resolves with the function that lets it in again, rejects
 * with `failed_precondition` where a running process has the folder already.
 *
 * Each process claims by a file of its own name, *then* looks for claims of others. So of two that
 * come at once at least one sees the other, and the claim of a dead process (kill -9) can be
 * removed without ever hitting that of a living one, which a single lock file does not allow.
 * Processes are told apart by this machine's process table: folders shared between machines, or
 * between containers, are not protected.
 */
export async function lockFolder(medium: Medium, folder: string): Promise<() => Promise<void>> {
  const mine = claimName(thisProcess())
  const path = join(folder, mine)
  const release = () => removeClaim(medium, path)
  try {
    await claim(medium, path)
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw taken(folder, mine, process.pid)
    await release().catch(() => {})
    throw error
  }
  try {
    for (const name of await medium.list(folder)) {
      const other = name === mine ? undefined : claimant(name)
      if (other === undefined) continue
      if (isRunning(other)) throw taken(folder, name, other.pid)
      await removeClaim(medium, join(folder, name))
    }
    return release
  } catch (error) {
    await release().catch(() => {})
    throw error
  }
}

/** Claims that are no longer held and that the medium refused to remove: they may be taken over. */
const leftBehind = new WeakMap<Medium, Set<string>>()

async function claim(medium: Medium, path: string): Promise<void> {
  const abandoned = leftBehind.get(medium)?.delete(path)
  const file = await medium.open(path, abandoned ? 'w+' : 'wx')
  await file.close()
}

async function removeClaim(medium: Medium, path: string): Promise<void> {
  try {
    await medium.remove(path)
  } catch (error) {
    // It may be gone already: two newcomers remove the same dead claim.
    if (systemCode(error) === 'ENOENT') return
    const paths = leftBehind.get(medium) ?? new Set()
    leftBehind.set(medium, paths.add(path))
    throw error
  }
}

function claimName({ pid, born }: ProcessMark): string {
  return `writer-${pid}-${born}.lock`
}

function claimant(name: string): ProcessMark | undefined {
  const [, pid, born] = /^writer-(\d+)-(.+)\.lock$/.exec(name) ?? []
  return pid === undefined || born === undefined ? undefined : { pid: Number(pid), born }
}

function taken(folder: string, name: string, pid: number): StarlingError {
  const writer = `process ${pid} (${name})`
  const message = `${folder} is being written by ${writer}; stop it, or open read-only`
  return new StarlingError('failed_precondition', message)
}

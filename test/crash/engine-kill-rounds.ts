import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { seededRandom } from '../../src/kernel/random.ts'
import { bundle } from './bundle.ts'
import { type Ledger, ledger } from './engine-kill-ledger.ts'
import type { Line } from './engine-kill-lines.ts'

export interface RoundsOptions {
  readonly kills: number
  readonly seed: string
  /** Told of every kill: what was acknowledged in its folder so far, or what is wrong. */
  readonly onKill: (kill: number, counts: Ledger['counts'], failure?: unknown) => void
}

/** A folder lives through so many kills; then a fresh one keeps the checks short. */
const killsPerFolder = 12

/**
 * Kills a process that uses an engine (SIGKILL, at random moments) again and again, and checks each
 * time that what it was promised is kept. Resolves with how many of the kills left something wrong.
 */
export async function killAgainAndAgain(options: RoundsOptions): Promise<number> {
  const { kills, seed, onKill } = options
  const random = seededRandom(seed)
  const work = await mkdtemp(join(tmpdir(), 'starling-engine-kill-'))
  let failed = 0
  try {
    const child = await bundle(new URL('engine-kill-child.ts', import.meta.url), work)
    let [folder, known, run] = [join(work, 'home-0'), ledger(), 0]
    for (let kill = 1; kill <= kills; kill++) {
      run++
      const resend = String(known.lastBatch)
      try {
        const forkSeed = `${seed}/${kill}`
        const args = [child, folder, String(run), forkSeed, resend]
        // Checkpoints come half a second after a change: some children live to see one or two.
        const livesMs = kill % 4 === 2 ? 600 + random.below(600) : random.below(250)
        await runAndKill(args, known, random.below(10) > 0, livesMs)
        await known.check(folder)
        onKill(kill, known.counts)
        if (run < killsPerFolder) continue
      } catch (error) {
        failed++
        onKill(kill, known.counts, error)
      }
      await rm(folder, { recursive: true, force: true })
      ;[folder, known, run] = [join(work, `home-${kill}`), ledger(), 0]
    }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  return failed
}

/** Lets a child live for a while, from its opening of the folder or from its very start. */
async function runAndKill(
  args: readonly string[],
  known: Ledger,
  afterOpening: boolean,
  livesMs: number,
): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  let opened = (): void => {}
  const open = new Promise<void>((resolve) => {
    opened = resolve
  })
  const lines = createInterface({ input: child.stdout })
  const heard = once(lines, 'close')
  lines.on('line', (text) => {
    // Ours on both ends, hence the `as`; only the last line can be cut off by the kill.
    const line = text.endsWith('}') ? (JSON.parse(text) as Line) : undefined
    if (line?.said === 'open') opened()
    if (line) known.hear(line)
  })
  if (afterOpening) await Promise.race([open, exited])
  await sleep(livesMs)
  child.kill('SIGKILL')
  const [, signal] = await exited
  await heard
  if (signal !== 'SIGKILL') throw new Error('the child ended by itself')
}

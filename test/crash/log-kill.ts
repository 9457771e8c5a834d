/**
 * Kills a process that writes to an event log (SIGKILL, at random moments) again and again, and
 * checks each time that what it had acknowledged is there, once, in order, and no append in part:
 *
 *     node --import tsx test/crash/log-kill.ts --kills 200 --seed 1
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { openSegmentLog } from '../../src/events/log/segment-log.ts'
import { type Random, seededRandom } from '../../src/kernel/random.ts'
import type { Line } from './log-kill-events.ts'
import { type Ledger, ledger } from './log-kill-ledger.ts'

/** The child in one file, so that it starts in the time that Node itself takes. */
async function bundleChild(folder: string): Promise<string> {
  const outfile = join(folder, 'child.mjs')
  const child = fileURLToPath(new URL('log-kill-child.ts', import.meta.url))
  await build({
    entryPoints: [child],
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outfile,
  })
  return outfile
}

/** Lets a child run until a random moment, which may lie before it has even opened the log. */
async function runAndKill(args: readonly string[], known: Ledger, random: Random): Promise<void> {
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
  if (random.below(5) > 0) await Promise.race([open, exited])
  await sleep(random.below(150))
  child.kill('SIGKILL')
  const [, signal] = await exited
  await heard
  if (signal !== 'SIGKILL') throw new Error('the child ended by itself')
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
    },
  })
  const kills = Number(values.kills)
  const random = seededRandom(values.seed)
  const known = ledger()
  const work = await mkdtemp(join(tmpdir(), 'starling-log-kill-'))
  const folder = join(work, 'log')
  try {
    const child = await bundleChild(work)
    // The log exists from the start, so that a reader has something to open.
    await (await openSegmentLog({ folder }))[Symbol.asyncDispose]()
    for (let run = 1; run <= kills; run++) {
      await runAndKill([child, folder, String(run), values.seed], known, random)
      // A reader recovers nothing, and so leaves the recovery to the next child, or its killer.
      await using log = await openSegmentLog({ folder, readOnly: random.below(2) === 0 })
      await known.check(log, run)
    }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  const { eventCount, acknowledgedCount } = known
  const found = `${acknowledgedCount} events acknowledged and ${eventCount} found`
  console.log(`${kills} kills: ${found}, none lost, none twice, none torn (seed ${values.seed})`)
}

await main()

import { join, resolve } from 'node:path'
import { type ReplayResult, replay } from '../engine/replay/replay.ts'
import { invalid } from '../error.ts'
import type { ConsumerStatus } from '../events/streams/consumer-status.ts'
import { partitionCountMax } from '../state/partitioned/spread.ts'
import type { Command } from './command.ts'
import { folderOf, folderOption, folderUsage } from './options/folder.ts'
import { countOption } from './options/number-option.ts'

const tellEveryMs = 1_000

/** `starling replay`: the state, folded anew from the log. */
export const replayCommand: Command = {
  name: 'replay',
  usage: `starling replay --into FOLDER [options]

Folds the log of a state folder into another folder, up to where the log ends now; a server may be
running meanwhile. Prints a digest of each part of the state: two replays of one log print the same,
by however many processes they were folded, and however often those were killed. What is interrupted
goes on when the same command is given again.

  --into FOLDER     where it is folded to
  --workers N       processes that fold at once (2); 0 folds in one pass without partitions
  --partitions P    shares of users and items, at least as many as workers (as many unless told)
${folderUsage}`,
  options: {
    ...folderOption,
    into: { type: 'string' },
    workers: { type: 'string' },
    partitions: { type: 'string' },
  },

  async run({ values, terminal, signal }) {
    const into = values['into']
    if (typeof into !== 'string' || into === '') throw invalid('into', 'must name a folder')
    const workers = countOption(values, 'workers', 2, [0, partitionCountMax])
    const partitions = countOption(values, 'partitions', Math.max(1, workers), [
      Math.max(1, workers),
      partitionCountMax,
    ])
    let toldMs = performance.now()
    const result = await replay({
      ...{ log: join(folderOf(values), 'log'), into: resolve(into), workers, partitions, signal },
      onStatus(status) {
        if (performance.now() - toldMs < tellEveryMs) return
        toldMs = performance.now()
        terminal.tell(line(status))
      },
      onLoss: (worker, how) => terminal.tell(`worker ${worker} is begun anew: ${how}`),
    })
    for (const text of described(result)) terminal.print(text)
    return 0
  },
}

/** How far it is, and how far each worker is behind. */
function line({ position, head, lag, eventsPerSecond, held, members }: ConsumerStatus): string {
  const share = head === 0 ? 100 : Math.floor((position / head) * 100)
  const lags = members.map(({ member, lag: behind }) => `${member} ${behind} behind`)
  const rate = `${Math.round(eventsPerSecond)} events/s`
  const each = lag > 0 ? `: ${lags.join(', ')}` : ''
  const why = held ? ' (held: others must catch up)' : ''
  return `${share} % of ${head} events, ${rate}${each}${why}`
}

function described(result: ReplayResult): readonly string[] {
  const { events, partitions, losses, durationMs, cpuMs, digests } = result
  const rows = digests.map(({ name, rowCount, sizeBytes, sha256 }) => {
    const counts = `${String(rowCount).padStart(9)} rows ${String(sizeBytes).padStart(11)} bytes`
    return `${name.padEnd(16)} ${counts}  ${sha256.slice(0, 32)}`
  })
  const [wall, cpu] = [durationMs, cpuMs].map((ms) => `${(ms / 1_000).toFixed(1)} s`)
  const lost = losses > 0 ? `; ${losses} workers were begun anew` : ''
  return [
    ...rows,
    `${events} events in ${partitions} partitions: ${wall}, ${cpu} of CPU time${lost}`,
  ]
}

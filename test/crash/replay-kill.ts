/**
 * Kills workers of a replay (SIGKILL, at random points) again and again, and checks that all they
 * come to is byte by byte what one clean pass over the log comes to:
 *
 *     node --import tsx test/crash/replay-kill.ts --kills 100 --seed 1
 */
import { parseArgs } from 'node:util'
import { killWorkers } from './replay-kill-rounds.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    events: { type: 'string', default: '30000' },
    workers: { type: 'string', default: '2' },
    partitions: { type: 'string', default: '4' },
  },
})

await killWorkers({
  kills: Number(values.kills),
  seed: values.seed,
  events: Number(values.events),
  userCount: 4_000,
  workers: Number(values.workers),
  partitions: Number(values.partitions),
  onRound: (kills, rows) => console.log(`${kills} of ${values.kills} kills: ${rows} rows the same`),
})
console.log(`kills: ${values.kills} passed, 0 failed`)

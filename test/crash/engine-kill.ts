/**
 * Kills a process that uses an engine (SIGKILL, at random moments) again and again, and checks each
 * time that no acknowledged event is lost or doubled, no page repeats or has changed, and the state
 * is byte by byte what the log makes of it:
 *
 *     node --import tsx test/crash/engine-kill.ts --kills 200 --seed 1
 */
import { parseArgs } from 'node:util'
import { killAgainAndAgain } from './engine-kill-rounds.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
  },
})
const kills = Number(values.kills)

const failed = await killAgainAndAgain({
  kills,
  seed: values.seed,
  onKill(kill, { events, pages }, failure) {
    if (failure !== undefined) console.error(`kill ${kill} (seed ${values.seed}):`, failure)
    if (kill % 20 !== 0 && failure === undefined) return
    console.log(`${kill} of ${kills} kills; this folder: ${events} events, ${pages} pages kept`)
  },
})
console.log(`kills: ${kills - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

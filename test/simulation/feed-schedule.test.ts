import { test } from 'node:test'
import { openHouse } from './crashing-house.ts'
import { feedOracle } from './feed-oracle.ts'
import { feedSchedule } from './feed-schedule.ts'

/** More of them by STARLING_RUNS, and others by STARLING_SEED. */
const runCount = Number(process.env['STARLING_RUNS'] ?? 6)
const firstSeed = process.env['STARLING_SEED'] ?? 'feeds'

const stepCount = 120

test('feeds keep their contract, whatever happens at once', async (t) => {
  for (let run = 0; run < runCount; run++) {
    const seed = `${firstSeed}/${run}`
    await using house = await openHouse(seed)
    const oracle = feedOracle()
    const schedule = feedSchedule(house, oracle, seed)
    await schedule.begin()
    for (let step = 0; step < stepCount; step++) {
      try {
        await schedule.next()
      } catch (error) {
        throw new Error(`seed ${seed}, step ${step}: ${String(error)}`, { cause: error })
      }
    }
  }
  t.diagnostic(`${runCount} runs of ${stepCount} steps, seeds ${firstSeed}/0 and up`)
})

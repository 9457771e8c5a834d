import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killWorkers } from '../crash/replay-kill-rounds.ts'

test('workers that are killed at any point of a replay come to the bytes of one clean pass', async () => {
  const rounds: number[] = []
  await killWorkers({
    ...{ kills: 3, seed: 'story', events: 2_500, userCount: 600, workers: 2, partitions: 3 },
    onRound: (kills, rows) => {
      rounds.push(kills)
      assert.ok(rows > 3_000, `${rows} rows`)
    },
  })
  assert.equal(rounds.at(-1), 3)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killAgainAndAgain } from '../crash/engine-kill-rounds.ts'

test('an engine that is killed at any moment keeps all that it promised', async () => {
  const failures: unknown[] = []
  await killAgainAndAgain({
    kills: 3,
    seed: 'story',
    onKill: (_kill, _counts, failure) => {
      if (failure !== undefined) failures.push(failure)
    },
  })
  assert.deepEqual(failures, [])
})

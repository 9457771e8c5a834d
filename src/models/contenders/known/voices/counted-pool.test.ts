import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sequencesOf } from '../../../sequences.ts'
import { fitCountedPool } from './counted-pool.ts'
import { usualCounts } from './voice-settings.ts'

const settings = {
  ...{ ...usualCounts.sessions, halfLife: 1e9, repeats: true, inOrder: true },
  ...{ reach: 10, floor: 1e-3, fading: 0.7, newest: 0.1, passes: 20 },
}

/** After an item comes one of two: the first was asked for of old, the second is of late. */
const sessionOf = (item: number, isNew: boolean): number[] => [item, (isNew ? 20 : 10) + item]
const rows = Array.from({ length: 400 }, (_, row) => sessionOf(row % 10, row >= 320))
const train = sequencesOf(rows, 30)

/** The newest forty are held back. */
const withheld = {
  train: sequencesOf(rows.slice(0, 360), 30),
  asked: {
    questions: rows.slice(360).map(([item], user) => ({ user, past: Uint32Array.of(item!) })),
    targets: rows.slice(360).map(([, next]) => Uint32Array.of(next!)),
    dropsPast: false,
  },
}

test('what is in demand lately comes first, though the other followed more often', async () => {
  const model = await fitCountedPool({ train, withheld }, settings, { seed: 1 })
  const pasts = Array.from({ length: 10 }, (_, item) => Uint32Array.of(item))
  const answers = await model.score(pasts.map((past, user) => ({ user, past })))
  for (const [item, scores] of answers.entries()) {
    assert.equal(scores.indexOf(Math.max(...scores)), 20 + item)
    // What follows of old is next, before what the voices did not put forward.
    assert.ok(scores[10 + item]! > scores[(item + 1) % 10]!)
  }
})

test('who calls it off is heard', async () => {
  const reason = new Error('enough')
  const run = { seed: 1, signal: AbortSignal.abort(reason) }
  await assert.rejects(fitCountedPool({ train, withheld }, settings, run), reason)
})

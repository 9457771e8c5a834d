import assert from 'node:assert/strict'
import { test } from 'node:test'
import { blended } from '../../../blend/blended.ts'
import { addShare } from '../../../blend/share.ts'
import { ringItems, ringWalks, stepsOn } from '../../../sequence.suite.ts'
import type { Sequences } from '../../../sequences.ts'
import { type CountedSettings, countedParts, windowWithin } from './counted-parts.ts'

const settings: CountedSettings = {
  ...{ memory: 5, decay: 0.5, sample: 100, neighbors: 50, halfLife: 1e9, nearness: 0.8 },
  ...{ backward: 0, lengthRestraint: 0.5, restraint: 0, window: 3, chainBackward: 0 },
  ...{ chainDecay: 0.5, followers: 100, further: 0.1, repeats: false, chainShare: 0.5 },
}

test('neighbours and chain both put first what comes next, and so do they together', async () => {
  const parts = await countedParts(ringWalks(), settings, { seed: 1 })
  assert.deepEqual(
    parts.map(({ share }) => share),
    [1, 0.5],
  )
  const all = [...parts.map(({ recommender }) => recommender), blended(parts, addShare)]
  const questions = Array.from({ length: ringItems }, (_, item) => ({
    ...{ user: item, past: Uint32Array.of(stepsOn(item, -1), item) },
  }))
  for (const { score } of all) {
    for (const [item, scores] of (await score(questions)).entries()) {
      // What was met is left out of lists.
      for (const met of questions[item]!.past) scores[met] = 0
      assert.equal(scores.indexOf(Math.max(...scores)), stepsOn(item, 1), `after ${item}`)
    }
  }
})

test('the more there is, the nearer the pairs that are counted', () => {
  const of = (length: number) => ({ itemCount: 1, starts: new Uint32Array(1), items: { length } })
  const window = (length: number) => windowWithin(of(length) as unknown as Sequences, 30)
  assert.deepEqual([1_000, 2_000_000, 1e9].map(window), [30, 20, 1])
})

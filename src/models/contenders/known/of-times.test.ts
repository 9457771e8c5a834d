import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TimedData } from '../../evaluation/formats/timed-data.ts'
import { ringItems, ringWalks, stepsOn } from '../../sequence.suite.ts'
import { unordered } from '../../sequences.ts'
import { timedContenders } from './of-times.ts'

const train = ringWalks()
const questions = Array.from({ length: ringItems }, (_, item) => ({
  ...{ user: item, past: Uint32Array.of(stepsOn(item, -1), item) },
  ...{ pastTimes: Float64Array.of(1, 2), at: 1e6 },
}))
const data: TimedData = {
  train,
  times: Float64Array.from(train.items, (_, place) => place),
  interactions: unordered(train),
  userIds: [],
  itemIds: [],
  relations: new Map(),
  attributes: new Map(),
}

for (const { name, fit, settings } of timedContenders) {
  test(`on a ring the next item is chosen: ${name}`, async () => {
    const model = await fit(data, { ...settings, window: 2 }, { seed: 1 })
    for (const [item, scores] of (await model.score(questions)).entries()) {
      for (const met of questions[item]!.past) scores[met] = Number.NEGATIVE_INFINITY
      assert.equal(scores.indexOf(Math.max(...scores)), stepsOn(item, 1), `after ${item}`)
    }
  })
}

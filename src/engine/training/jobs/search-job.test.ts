import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Trial } from '../../../models/search/trial.ts'
import { trainable, type Work } from '../kinds/kind.ts'
import { numbersIn } from '../kinds/settings.ts'
import type { SearchAsked } from './job.ts'
import { searchAndTrain } from './search-job.ts'
import { spaceOf } from './search-space.ts'

const settings = {
  rate: { initial: 1, least: 0.001, most: 100, scale: 'log', description: 'A rate.' },
  depth: { initial: 3, least: 1, most: 9, whole: true, description: 'A depth.' },
  loss: { initial: 'log', choices: ['log', 'hinge'], description: 'A loss.' },
} as const

/** Best at a rate of 10 and a depth of 7. */
const hill = trainable<string>({
  ...{ kind: 'hill', summary: 'A hill.', models: ['hill'], data: ['log'], settings },
  objective: 'height',
  prepare: async () => 'data',
  async trial(data, { settings: at }) {
    assert.equal(data, 'data')
    const { rate, depth } = numbersIn(at, ['rate', 'depth'])
    return { height: -(Math.log10(rate / 10) ** 2) - ((depth - 7) / 4) ** 2 }
  },
  train: async (_, work) => ({
    ...{ promoted: true, version: '1', verdict: 'trained', metrics: { ...work.settings } as never },
  }),
})

const lines: string[] = []
const work = {
  ...{ settings: { rate: 1, depth: 3, loss: 'log' }, seed: 'seed' },
  say: (line: string) => lines.push(line),
  report: () => undefined,
} as unknown as Work // What a hill needs of it.

const asked: SearchAsked = {
  trials: 40,
  way: 'tpe',
  between: { rate: { low: 0.01, high: 100 }, depth: { low: 1, high: 9 } },
}

test('the best of the trials is trained, and what was not searched for is as it was given', async () => {
  const trials: Trial[] = []
  const { metrics, verdict } = await searchAndTrain(hill, 'data', work, asked, [], (trial) =>
    trials.push(trial),
  )
  assert.equal(trials.length, 40)
  assert.ok(Math.abs(Math.log10(metrics['rate']! / 10)) < 0.5, verdict)
  assert.ok(Math.abs(metrics['depth']! - 7) <= 1, verdict)
  assert.equal(metrics['loss'] as unknown, 'log')
  assert.match(lines.at(-1)!, /^the best: trial \d+, height -0/)

  // An attempt that goes on makes the trials that are left, and they are the same ones.
  const again: Trial[] = []
  const half = trials.slice(0, 20)
  const resumed = await searchAndTrain(hill, 'data', work, asked, half, (trial) =>
    again.push(trial),
  )
  const points = (of: readonly Trial[]) => of.map((trial) => trial.settings)
  assert.deepEqual(points(again), points(trials.slice(20)))
  assert.equal(resumed.verdict, verdict)
})

test('what cannot be searched for is refused with what can', () => {
  const refused = (between: SearchAsked['between'], message: RegExp) =>
    assert.throws(() => spaceOf(settings, { ...asked, between }), message)
  refused({}, /search.between must name a setting/)
  refused(
    { loss: { low: 0, high: 1 } },
    /search.between.loss is none of the settings that are numbers: .*depth/,
  )
  refused({ rate: { low: 0, high: 1 } }, /must lie within 0.001 and 100/)
  refused({ depth: { low: 5, high: 5 } }, /search.between.depth from 5 to 5 is no range/)
  assert.throws(() => spaceOf(settings, { ...asked, trials: 0 }), /search.trials 0 must be/)
})

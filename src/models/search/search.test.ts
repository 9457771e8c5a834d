import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { isHopeless } from './median-pruning.ts'
import { parzen } from './parzen.ts'
import { type SearchOptions, search } from './search.ts'
import { choice, integer, logInteger, logUniform, type Settings, uniform } from './space.ts'
import type { Trial } from './trial.ts'

const space = {
  rate: logUniform(1e-4, 1),
  size: integer(1, 64),
  share: uniform(0, 1),
  loss: choice('bpr', 'warp', 'log'),
}

/** Best at a rate of 0.01, a size of 20, a share of 0.7 and the loss 'warp', where it is 0. */
function hill({ rate, size, share, loss }: Settings): number {
  return -(
    (Math.log10(Number(rate)) + 2) ** 2 +
    ((Number(size) - 20) / 20) ** 2 +
    4 * (Number(share) - 0.7) ** 2 +
    (loss === 'warp' ? 0 : 0.5)
  )
}

let clockMs = 0
const options: SearchOptions = {
  ...{ space, objective: hill, sampler: 'tpe', seed: 1, trialsMax: 60 },
  now: () => clockMs,
}

test('points lie in their ranges, whole where they must be', async () => {
  const wide = { ...space, deep: logInteger(1, 1000) }
  const { trials } = await search({ ...options, space: wide, sampler: 'random', trialsMax: 500 })
  const of = (name: string) => trials.map(({ settings }) => settings[name]!)
  for (const rate of of('rate')) assert.ok(Number(rate) >= 1e-4 && Number(rate) <= 1)
  const sizes = new Set(of('size'))
  assert.ok([...sizes].every((size) => Number.isInteger(size)))
  assert.deepEqual(
    [Math.min(...(sizes as Set<number>)), Math.max(...(sizes as Set<number>))],
    [1, 64],
  )
  assert.deepEqual(new Set(of('loss')), new Set(['bpr', 'warp', 'log']))
  // By magnitude, a third of the numbers from 1 to 1000 lie in each tenfold.
  const small = of('deep').filter((value) => Number(value) <= 10).length
  assert.ok(small > 120 && small < 230, `${small}`)
})

test('what went well is looked around: TPE ends nearer to the best than chance', async () => {
  const ends = async (sampler: SearchOptions['sampler']) => {
    const found: number[] = []
    for (let seed = 0; seed < 12; seed++) {
      found.push((await search({ ...options, sampler, seed })).best.value!)
    }
    return found.reduce((sum, value) => sum + value, 0) / found.length
  }
  const [tpe, random] = [await ends('tpe'), await ends('random')]
  assert.ok(tpe > 0.7 * random, `${tpe}, by chance ${random}`)
})

test('the same seed tries the same points, also when it goes on where it was interrupted', async () => {
  const whole = await search(options)
  const begun = await search({ ...options, trialsMax: 23 })
  const ended = await search({ ...options, trials: JSON.parse(JSON.stringify(begun.trials)) })
  assert.deepEqual(ended.trials, whole.trials)
  const other = await search({ ...options, seed: 2 })
  assert.notDeepEqual(other.trials, whole.trials)
})

test('known settings are tried first', async () => {
  const first = [{ rate: 0.01, size: 20, share: 0.7, loss: 'warp' }]
  const { best } = await search({ ...options, first, trialsMax: 5 })
  assert.equal(best.number, 0)
  assert.ok(Math.abs(best.value!) < 1e-9)
})

test('time ends a search, but not before its first trial', async () => {
  const slow = async (settings: Settings) => {
    clockMs += 4_000
    return hill(settings)
  }
  const { trials } = await search({ ...options, objective: slow, secondsMax: 10 })
  assert.equal(trials.length, 3)
  const one = await search({ ...options, objective: slow, secondsMax: 0 })
  assert.equal(one.trials.length, 1)
  // Known settings may be worth waiting for, though not for ever.
  const first = Array.from({ length: 6 }, () => ({ rate: 0.1, size: 9, share: 0.5, loss: 'bpr' }))
  const known = { ...options, objective: slow, first, secondsMax: 2 }
  assert.equal((await search({ ...known, firstSecondsMax: 15 })).trials.length, 4)
  assert.equal((await search({ ...known, firstSecondsMax: 100 })).trials.length, 6)
})

test('a trial that is under way when time runs out is ended and not counted', async () => {
  let begun = 0
  const { trials } = await search({
    ...options,
    secondsMax: 10,
    async objective(settings, { onProgress, signal }) {
      if (begun++ < 2) return hill(settings)
      clockMs += 11_000
      onProgress?.(0.5)
      signal?.throwIfAborted()
      return hill(settings)
    },
  })
  assert.equal(begun, 3)
  assert.equal(trials.length, 2)
})

test('what does worse than the median half way is given up', async () => {
  const reached: number[] = []
  const { trials } = await search({
    ...options,
    trialsMax: 40,
    objective(settings, { report }) {
      for (let step = 1; step <= 4; step++) {
        report(hill(settings) - 1 / step)
        reached.push(step)
      }
      return hill(settings)
    },
  })
  const pruned = trials.filter(({ state }) => state === 'pruned')
  assert.ok(pruned.length > 0 && pruned.length < 40)
  assert.ok(pruned.every(({ steps }) => steps.length >= 2 && steps.length <= 4))
  assert.ok(reached.length < 160)
})

test('the median is that of the complete trials at the same step', () => {
  const trial = (...steps: number[]): Trial => ({
    ...{ number: 0, settings: {}, state: 'complete', value: 1, steps, seconds: 1 },
  })
  const before = [trial(1, 5), trial(2, 6), trial(3, 7), trial(9, 9)]
  assert.equal(isHopeless([0, 6.4], before), true)
  assert.equal(isHopeless([0, 6.6], before), false)
  assert.equal(isHopeless([6.6, 0], before), false, 'the best so far counts')
  assert.equal(isHopeless([0], before), false, 'one step says little')
  assert.equal(isHopeless([0, 0], before.slice(1)), false, 'and so do three trials')
})

test('a trial that throws is told of, and others go on; where all do, so does the search', async () => {
  const { trials, best } = await search({
    ...options,
    objective(settings) {
      if (settings['loss'] === 'log') throw new Error('no such loss here')
      return hill(settings)
    },
  })
  assert.ok(trials.some(({ state, error }) => state === 'failed' && error === 'no such loss here'))
  assert.notEqual(best.settings['loss'], 'log')
  const none = { ...options, objective: () => Number.NaN }
  await assert.rejects(search(none), /holds nothing that works: the objective is NaN/)
})

test('a search stops when it is told to', async () => {
  const stop = new AbortController()
  const onTrial = ({ number }: Trial) => {
    if (number === 4) stop.abort(new Error('enough'))
  }
  await assert.rejects(search({ ...options, onTrial, signal: stop.signal }), /enough/)
})

test('spaces that hold nothing are refused by name', async () => {
  const of = (dimension: SearchOptions['space'][string]) =>
    search({ ...options, space: { rate: dimension } })
  await assert.rejects(of(uniform(1, 1)), /rate from 1 to 1 is no range/)
  await assert.rejects(of(logUniform(0, 1)), /rate from 0 must begin above 0/)
  await assert.rejects(of(integer(0.5, 4)), /rate from 0.5 to 4 must be between whole numbers/)
  await assert.rejects(of(choice()), /rate must have a value/)
  await assert.rejects(of(choice(1, 1)), /rate names a value twice/)
  await assert.rejects(search({ ...options, trialsMax: 0 }), /trialsMax 0 must be/)
})

test('a density sums to one over its range, and draws as it says', () => {
  const density = parzen([0.1, 0.12, 0.9])
  const steps = 2_000
  let sum = 0
  for (let step = 0; step < steps; step++) {
    sum += Math.exp(density.logDensity((step + 0.5) / steps)) / steps
  }
  assert.ok(Math.abs(sum - 1) < 1e-3, `${sum}`)
  const random = seededRandom('draws')
  let below = 0
  for (let draw = 0; draw < 4_000; draw++) below += density.draw(random) < 0.2 ? 1 : 0
  let expected = 0
  for (let step = 0; step < steps / 5; step++) {
    expected += Math.exp(density.logDensity((step + 0.5) / steps)) / steps
  }
  assert.ok(Math.abs(below / 4_000 - expected) < 0.03, `${below / 4_000}, expected ${expected}`)
})

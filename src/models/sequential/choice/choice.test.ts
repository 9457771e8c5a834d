import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import { fitMarkov } from '../../markov/markov.ts'
import { openPace } from '../../pace.ts'
import { ringItems, ringWalks, stepsOn } from '../../sequence.suite.ts'
import { type ChoiceOptions, fitChoice, type MakeSignals } from './choice.ts'
import { loadChoice } from './choice-model.ts'
import { type Choice, fitConditionalLogit } from './conditional-logit.ts'
import { demandOf, demandSignal } from './demand-signal.ts'
import { chainSignal } from './model-signals.ts'
import { relationOf, relationSignal } from './relation-signal.ts'
import type { Signal } from './signal.ts'

const train = ringWalks()
const times = Float64Array.from(train.items, (_, place) => place)
const options: ChoiceOptions = {
  ...{ negatives: 9, choicesMax: 1_000, passes: 20, rate: 0.3, l2: 1e-4, seed: 1 },
}

/** What follows, which tells; and a relation drawn by chance, which does not. */
const make: MakeSignals = async (data) => {
  const { items, itemCount } = data.train
  const evidence = { form: 'sum', restraint: 0, further: 0 } as const
  const steps = { window: 1, backward: 0, memory: 1, decay: 1, followers: 50, repeats: false }
  const random = seededRandom('relations')
  const lists = Array.from({ length: itemCount }, () => Uint32Array.of(random.below(itemCount)))
  const named = { memory: 1, decay: 1, steps: 1 } as const
  return new Map<string, Signal>([
    ['chance', relationSignal(relationOf(lists), named)],
    ['follows', chainSignal(await fitMarkov(data.train, { ...steps, evidence }), 10)],
    ['demand', demandSignal(demandOf(items, data.times, itemCount), { measure: 'since-last' })],
  ])
}

const moment = (item: number) => ({
  past: Uint32Array.of(stepsOn(item, -1), item),
  times: Float64Array.of(1, 2),
  at: 1e6,
})
const all = Uint32Array.from({ length: ringItems }, (_, item) => item)

test('what tells is weighed most', async () => {
  const model = await fitChoice({ train, times }, make, options)
  const { weights } = model
  assert.ok(weights.get('follows')! > 2 * Math.abs(weights.get('chance')!))
  for (let item = 0; item < ringItems; item++) {
    const scores = model.score(moment(item), all)
    assert.equal(scores.indexOf(Math.max(...scores)), stepsOn(item, 1), `after ${item}`)
  }
})

test('signals that choices are weighed by know nothing of those choices', async () => {
  const seen: number[] = []
  const watched: MakeSignals = async (data, pace) => {
    seen.push(data.train.items.length)
    return make(data, pace)
  }
  await fitChoice({ train, times }, watched, options)
  // One item of each walk is withheld at first.
  assert.deepEqual(seen, [train.items.length - 120, train.items.length])
})

test('it scores bit by bit the same after it was saved and loaded', async () => {
  const model = await fitChoice({ train, times }, make, options)
  const saved = model.save()
  const loaded = loadChoice({
    header: JSON.parse(JSON.stringify(saved.header)),
    weights: saved.weights,
  })
  assert.deepEqual(loaded.save(), saved)
  assert.deepEqual(loaded.score(moment(3), all), model.score(moment(3), all))
  const refused = (artifact: typeof saved, code: string) =>
    assert.throws(() => loadChoice(artifact), { code })
  refused({ ...saved, header: { ...saved.header, kind: 'stranger' } }, 'failed_precondition')
  refused({ ...saved, weights: saved.weights.subarray(1) }, 'data_loss')
  refused({ ...saved, weights: new Uint8Array(saved.weights.length + 1) }, 'data_loss')
  refused({ ...saved, header: { ...saved.header, signals: [{ name: 'x' }] } }, 'data_loss')
})

test('one seed gives one model; a signal ends it, with its reason', async () => {
  const one = await fitChoice({ train, times }, make, { ...options, choicesMax: 50 })
  const same = await fitChoice({ train, times }, make, { ...options, choicesMax: 50 })
  assert.deepEqual(same.save(), one.save())
  const reason = new Error('enough')
  const signal = AbortSignal.abort(reason)
  await assert.rejects(fitChoice({ train, times }, make, { ...options, signal }), reason)
})

test('the weights of a logit are where its likelihood is highest', async () => {
  const random = seededRandom('logit')
  const truth = [1.5, -0.7]
  const choices = Array.from({ length: 800 }, (): Choice => {
    const columns = truth.map(() => Float32Array.from({ length: 5 }, () => random.next() * 3))
    const chances = columns[0]!.map((_, place) =>
      Math.exp(truth[0]! * columns[0]![place]! + truth[1]! * columns[1]![place]!),
    )
    let left = random.next() * chances.reduce((sum, chance) => sum + chance, 0)
    const chosen = chances.findIndex((chance) => (left -= chance) < 0)
    return { columns, chosen: Math.max(0, chosen) }
  })
  const fit = { passes: 60, rate: 0.1, l2: 0 }
  const weights = await fitConditionalLogit(choices, fit, openPace())
  const likelihood = (at: ArrayLike<number>): number =>
    choices.reduce((sum, { columns: [a, b], chosen }) => {
      const level = (place: number): number => at[0]! * a![place]! + at[1]! * b![place]!
      const total = a!.reduce((each, _, place) => each + Math.exp(level(place)), 0)
      return sum + level(chosen) - Math.log(total)
    }, 0)
  const best = likelihood(weights)
  assert.ok(best > likelihood(truth))
  for (const step of [
    [0.1, 0],
    [-0.1, 0],
    [0, 0.1],
    [0, -0.1],
  ]) {
    assert.ok(best > likelihood([weights[0]! + step[0]!, weights[1]! + step[1]!]), `${step}`)
  }
})

test('what it cannot take is refused, with what it can', async () => {
  for (const [field, value] of Object.entries({
    negatives: 0,
    choicesMax: 0,
    passes: 0,
    rate: 0,
  })) {
    await assert.rejects(fitChoice({ train, times }, make, { ...options, [field]: value }), {
      code: 'invalid_argument',
      field,
    })
  }
  const none = { itemCount: 2, starts: Uint32Array.of(0, 1), items: Uint32Array.of(0) }
  const lone = { train: none, times: new Float64Array(1) }
  await assert.rejects(fitChoice(lone, make, options), { field: 'choices' })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import { byOne, type Question } from '../../evaluation/protocols/question.ts'
import type { ItemSignal } from './item-signal.ts'
import { fitPool, type PoolSettings, pooled, type Witnesses } from './log-pool.ts'

const itemCount = 30
const settings: PoolSettings = { reach: 10, floor: 1e-3, repeats: true }
const logit = { passes: 30, rate: 0.1, l2: 1e-4, k: 10 }

/** Users who want one item, among three that one voice puts forward alike. */
function world() {
  const random = seededRandom('pool')
  const questions: Question[] = []
  const [targets, forward]: [Uint32Array[], number[][]] = [[], []]
  for (let user = 0; user < 200; user++) {
    const first = random.below(itemCount - 3)
    const some = [first, first + 1, first + 2]
    forward.push(some)
    targets.push(Uint32Array.of(some[random.below(3)]!))
    questions.push({ user, past: Uint32Array.of((first + 5) % itemCount) })
  }
  const alike = byOne(({ user }) => {
    const scores = new Float32Array(itemCount)
    for (const item of forward[user]!) scores[item] = 7
    return scores
  })
  return { asked: { questions, targets, dropsPast: false }, alike, forward }
}

test('what tells the targets apart is loud, what tells nothing is quiet', async () => {
  const { asked, alike } = world()
  const wanted = new Map(asked.questions.map(({ past }, at) => [past, asked.targets[at]![0]!]))
  const random = seededRandom('noise')
  const knows: ItemSignal = (past, items) =>
    Float32Array.from(items, (item) => Number(wanted.get(past) === item) + 0.1 * random.next())
  const noise: ItemSignal = (_, items) => Float32Array.from(items, () => random.next())
  const witnesses = { voices: [{ recommender: alike, share: 1 }], signals: [knows, noise] }
  const weights = await fitPool(witnesses, asked, { ...settings, ...logit })
  // The blend, the voice, and both signals.
  assert.equal(weights.length, 4)
  assert.ok(weights[2]! > 3 && Math.abs(weights[3]!) < weights[2]! / 5, `${weights}`)
  const answers = await pooled(witnesses, weights, settings).score(asked.questions)
  for (const [at, scores] of answers.entries())
    assert.equal(scores.indexOf(Math.max(...scores)), asked.targets[at]![0])
})

test('where nothing tells more than the blend, the blend alone is heard', async () => {
  const { asked, alike } = world()
  const knows = byOne(({ user }) => {
    const scores = new Float32Array(itemCount).fill(1)
    scores[asked.targets[user]![0]!] = 9
    return scores
  })
  const voices = [knows, alike].map((recommender) => ({ recommender, share: 1 }))
  const witnesses = { voices, signals: [] }
  const weights = await fitPool(witnesses, asked, { ...settings, ...logit })
  assert.deepEqual([...weights], [1, 0, 0])
})

test('a chance is softmax of the weighed logs; the rest stands behind, as the blend has it', async () => {
  const voices = [
    { recommender: byOne(() => Float32Array.of(6, 3, 1, 0, 0, 0)), share: 1 },
    { recommender: byOne(() => Float32Array.of(0, 1, 0, 4, 0, 5)), share: 0.5 },
  ]
  const twice: ItemSignal = (_, items) => Float32Array.from(items, (item) => 2 * item)
  const weights = Float64Array.of(0.5, 1, 0.25, 0.1)
  const asked = { user: 0, past: Uint32Array.of(3) }
  const witnesses: Witnesses = { voices, signals: [twice] }
  const options = { ...settings, reach: 2 }
  const [scores] = await pooled(witnesses, weights, options).score([asked])
  const forward = [0, 1, 3, 5]
  const chances = byDefinition([6, 3, 1, 0, 0, 0], [0, 1, 0, 4, 0, 5], forward)
  for (const [at, item] of forward.entries())
    assert.ok(Math.abs(scores![item]! - chances[at]!) < 1e-6, `${item}: ${scores![item]}`)
  // Item 2 was not put forward by two of either; item 4 nobody knows.
  assert.ok(scores![2]! > 0 && scores![2]! < Math.min(...forward.map((item) => scores![item]!)))
  assert.equal(scores![4], 0)

  const none = { ...options, repeats: false }
  const [without] = await pooled(witnesses, weights, none).score([asked])
  assert.ok(without![3]! < without![0]! && without![3]! < without![5]!, 'what was met is left')
  // Of candidates, places are those of the candidates: each is the item it stands for.
  // Of candidates, answers stand in their places, and shares are those among them.
  const among = { ...asked, candidates: Uint32Array.from(forward) }
  const [some] = await pooled(witnesses, weights, options).score([among])
  const expected = byDefinition([6, 3, 0, 0, 0, 0], [0, 1, 0, 4, 0, 5], forward)
  for (const [at, chance] of expected.entries())
    assert.ok(Math.abs(some![at]! - chance) < 1e-6, `${forward[at]}: ${some![at]}`)
})

/** Of two voices, the second half as loud in the blend, and a signal, weighed .5, 1, .25 and .1. */
function byDefinition(one: number[], other: number[], items: readonly number[]): number[] {
  const sumOf = (scores: number[]): number => scores.reduce((sum, each) => sum + each)
  const raised = items.map((item) => {
    const [a, b] = [one[item]! / sumOf(one), other[item]! / sumOf(other)]
    const logs = 0.5 * Math.log(a + 0.5 * b + 1e-3) + Math.log(a + 1e-3)
    return Math.exp(logs + 0.25 * Math.log(b + 1e-3) + 0.1 * 2 * item)
  })
  return raised.map((each) => each / sumOf(raised))
}

test('where nobody says anything, nothing is said', async () => {
  const silent = { recommender: byOne(() => new Float32Array(4)), share: 1 }
  const pool = pooled({ voices: [silent], signals: [] }, Float64Array.of(1, 1), settings)
  const [scores] = await pool.score([{ user: 0, past: new Uint32Array() }])
  assert.deepEqual(scores, new Float32Array(4))
  const asked = {
    ...{ questions: [{ user: 0, past: new Uint32Array() }], dropsPast: false },
    targets: [Uint32Array.of(1)],
  }
  const weights = await fitPool({ voices: [silent], signals: [] }, asked, { ...settings, ...logit })
  assert.deepEqual([...weights], [1, 0])
})

test('what it cannot take is refused, with what it can', async () => {
  const { asked, alike } = world()
  const witnesses = { voices: [{ recommender: alike, share: 1 }], signals: [] }
  for (const wrong of [{ reach: 0 }, { reach: 1.5 }, { floor: 0 }, { floor: 1 }]) {
    const [field] = Object.keys(wrong)
    const code = 'invalid_argument'
    await assert.rejects(fitPool(witnesses, asked, { ...settings, ...logit, ...wrong }), {
      ...{ code, field },
    })
    assert.throws(() => pooled(witnesses, Float64Array.of(1, 1), { ...settings, ...wrong }), {
      code,
    })
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byOne } from '../evaluation/protocols/question.ts'
import { blended } from './blended.ts'
import { addShare } from './share.ts'
import { sharpened } from './sharpened.ts'
import { spreadOf } from './spread.ts'

const says = (...scores: number[]) => byOne(() => Float32Array.from(scores))
const question = { user: 0, past: new Uint32Array() }

function assertClose(actual: Iterable<number>, expected: readonly number[]): void {
  const all = [...actual]
  assert.equal(all.length, expected.length)
  for (const [place, value] of expected.entries()) {
    assert.ok(Math.abs(all[place]! - value) < 1e-6, `${all} is not ${expected}`)
  }
}

test('scores spread as their standard deviation says', () => {
  assert.ok(Math.abs(spreadOf(Float32Array.of(1, 3)) - 1) < 1e-6)
  assert.equal(spreadOf(Float32Array.of(4, 4, 4)), 0)
  assert.equal(spreadOf(new Float32Array()), 0)
})

test('each speaks as loud as its share, whatever it counts in', async () => {
  const { score } = blended([
    { recommender: says(2, 4), share: 1 },
    { recommender: says(3000, 1000), share: 0.5 },
    { recommender: says(7, 7), share: 9 },
  ])
  const [scores] = await score([question])
  assertClose(scores!, [2 + 1.5, 4 + 0.5])
})

test('in shares of one, what counts and what tells chances are as loud', async () => {
  const parts = [
    { recommender: says(300, 100, -50), share: 1 },
    { recommender: says(0, 0.01, 0.01), share: 2 },
    { recommender: says(0, 0, 0), share: 5 },
  ]
  const [scores] = await blended(parts, addShare).score([question])
  assertClose(scores!, [0.75, 1.25, 1])
})

test('of several questions each has its own answer', async () => {
  const own = byOne(({ user }) => Float32Array.of(user, 0))
  const [one, other] = await blended([{ recommender: own, share: 2 }]).score([
    { ...question, user: 1 },
    { ...question, user: 8 },
  ])
  assertClose(one!, [4, 0])
  assertClose(other!, [4, 0])
})

test('what is near to everything goes behind what is near to the history alone', () => {
  // Items: 0 was met, 1 is near to it alone, 2 a little nearer, and near to 1 as well.
  const near = [
    [0, 0.9, 1, 0],
    [0, 0, 1, 0.1],
    [0, 0, 0, 0.2],
    [0, 0, 0, 0],
  ]
  const model = {
    itemCount: 4,
    score: (items: Uint32Array, weights: Float32Array) =>
      Float32Array.from({ length: 4 }, (_, to) =>
        items.reduce((sum, from, place) => sum + weights[place]! * near[from]![to]!, 0),
      ),
  }
  const asked = [Uint32Array.of(0), Float32Array.of(1)] as const
  assert.equal(model.score(...asked).indexOf(1), 2)
  const first = Float32Array.of(0, 0.9, 1, 0)
  const further = Float32Array.of(0, 0, 0.9, 0.09 + 0.2)
  const scores = sharpened(model, { share: 0.5, reach: 2 }).score(...asked)
  const expected = [...first].map(
    (score, item) => score / spreadOf(first) - (0.5 * further[item]!) / spreadOf(further),
  )
  assertClose(scores, expected)
  assert.equal(scores.indexOf(Math.max(...scores)), 1)
  // The best alone, which is 2, is near to 3 and to nothing else.
  const short = sharpened(model, { share: 0.5, reach: 1 }).score(...asked)
  assert.ok(short[2]! > short[1]! && short[3]! < 0)
})

test('of nobody known nothing is said', () => {
  const nothing = { itemCount: 2, score: () => new Float32Array(2) }
  const scores = sharpened(nothing, { share: 1, reach: 5 }).score(
    new Uint32Array(),
    new Float32Array(),
  )
  assert.deepEqual([...scores], [0, 0])
})

test('shares and reaches out of range are refused', () => {
  const parts = [{ recommender: says(1), share: -1 }]
  assert.throws(() => blended(parts), { field: 'parts[0].share', code: 'invalid_argument' })
  const model = { itemCount: 1, score: () => new Float32Array(1) }
  assert.throws(() => sharpened(model, { share: 0, reach: 1 }), { field: 'share' })
  assert.throws(() => sharpened(model, { share: 1, reach: 0.5 }), { field: 'reach' })
})

test('catalogues that differ are refused', async () => {
  const parts = [
    { recommender: says(1, 2), share: 1 },
    { recommender: says(1), share: 1 },
  ]
  await assert.rejects(async () => blended(parts).score([question]), {
    code: 'invalid_argument',
    field: 'parts[1].recommender',
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byOne } from '../evaluation/protocols/question.ts'
import { asChances, chancesOf } from './chances.ts'

test('chances are in the proportion of their powers, however high the scores are', () => {
  for (const height of [-1_000, 0, 1_000]) {
    const scores = Float32Array.of(height, height + Math.log(2), height + Math.log(5))
    const chances = chancesOf(scores)
    for (const [place, expected] of [1 / 8, 2 / 8, 5 / 8].entries())
      assert.ok(Math.abs(chances[place]! - expected) < 1e-4, `${height}: ${chances}`)
  }
  assert.deepEqual(chancesOf(new Float32Array(0)), new Float32Array(0))
  const [low, high] = chancesOf(Float32Array.of(0, Math.log(9)), 0.5)
  assert.ok(Math.abs(high! / low! - 3) < 1e-5)
})

test('what is out of the question has no chance, and nothing has where all is', () => {
  const none = Number.NEGATIVE_INFINITY
  assert.deepEqual([...chancesOf(Float32Array.of(3, none, 3))], [0.5, 0, 0.5])
  assert.deepEqual([...chancesOf(Float32Array.of(none, none))], [0, 0])
})

test('one that is believed less tells chances that are nearer to each other', async () => {
  const network = byOne(() => Float32Array.of(0, Math.log(9), 0))
  const [chances] = await asChances(network, 0.5).score([{ user: 0, past: Uint32Array.of() }])
  for (const [item, chance] of [0.2, 0.6, 0.2].entries())
    assert.ok(Math.abs(chances![item]! - chance) < 1e-5, `${chances}`)
})

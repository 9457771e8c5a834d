import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byAttention } from './by-attention.ts'

/** After item n it takes n + 1 of three to be nine times as likely as the others. */
const model = {
  next: async (pasts: readonly Uint32Array[]) =>
    pasts.map((past) => {
      const scores = new Float32Array(3)
      scores[(past.at(-1)! + 1) % 3] = Math.log(9)
      return scores
    }),
}
const questions = [
  { user: 0, past: Uint32Array.of(0) },
  { user: 1, past: Uint32Array.of(0, 1), candidates: Uint32Array.of(0, 2) },
]

test('scores are those of the network, for the candidates of each question', async () => {
  const [all, some] = await byAttention(model).score(questions)
  assert.deepEqual(all, Float32Array.of(0, Math.log(9), 0))
  assert.deepEqual(some, Float32Array.of(0, Math.log(9)))
})

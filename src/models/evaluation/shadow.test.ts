import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { rankCorrelation, shadowTally } from './shadow.ts'

const random = seededRandom('shadow')
const scores = (): Float32Array => Float32Array.from({ length: 200 }, () => random.next())
const deciles = Array.from({ length: 9 }, (_, index) => (index + 1) / 10)

test('one that orders alike agrees wholly, one that orders the other way not at all', () => {
  const alike = shadowTally(deciles)
  const opposed = shadowTally(deciles)
  for (let run = 0; run < 20; run++) {
    const serving = scores()
    alike.add({ serving, candidate: serving.map((score) => score ** 2), candidateMs: 0.5 })
    opposed.add({ serving, candidate: serving.map((score) => 1 - score), candidateMs: 2 })
  }
  assert.equal(alike.figures()['rank correlation'], 1)
  assert.equal(alike.figures()['overlap@10'], 1)
  assert.ok(Math.abs(opposed.figures()['rank correlation']! + 1) < 1e-9)
  assert.equal(opposed.figures()['overlap@10'], 0)
  assert.ok(opposed.figures()['candidate ms p50']! > 1.9)
})

test('scores that lie as they lay when judged do not drift, others do', () => {
  const steady = shadowTally(deciles)
  const drifted = shadowTally(deciles)
  for (let run = 0; run < 50; run++) {
    const serving = scores()
    steady.add({ serving, candidate: scores(), candidateMs: 1 })
    drifted.add({ serving, candidate: scores().map((score) => score / 2), candidateMs: 1 })
  }
  assert.ok(steady.figures()['score drift']! < 0.01)
  assert.ok(drifted.figures()['score drift']! > 0.25)
  assert.equal(shadowTally(undefined).figures()['score drift'], undefined)
})

test('equal scores share their place, and where all are equal there is no order to compare', () => {
  const [one, other] = [Float32Array.of(1, 1, 2), Float32Array.of(3, 3, 9)]
  assert.equal(rankCorrelation(one, other), 1)
  assert.equal(rankCorrelation(one, Float32Array.of(4, 4, 4)), undefined)
})

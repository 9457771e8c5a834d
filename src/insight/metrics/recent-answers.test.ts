import assert from 'node:assert/strict'
import { test } from 'node:test'
import { manualClock } from '../../events/clock.ts'
import { recentAnswers } from './recent-answers.ts'

test('the same question is answered once as long as the answer is fresh', async () => {
  const clock = manualClock(0)
  const answers = recentAnswers<number>(clock, 1_000)
  let asked = 0
  const ask = async () => ++asked
  assert.deepEqual(
    await Promise.all([answers.of({ a: 1 }, ask), answers.of({ a: 1 }, ask)]),
    [1, 1],
  )
  assert.equal(await answers.of({ a: 2 }, ask), 2, 'another question')
  clock.advance(999)
  assert.equal(await answers.of({ a: 1 }, ask), 1)
  clock.advance(1)
  assert.equal(await answers.of({ a: 1 }, ask), 3)
})

test('a failure is told to whom it meets and not kept', async () => {
  const answers = recentAnswers<number>(manualClock(0), 1_000)
  await assert.rejects(
    answers.of('q', async () => {
      throw new Error('no')
    }),
    /no/,
  )
  assert.equal(await answers.of('q', async () => 7), 7)
})

test('no more than two hundred are kept, and the oldest goes first', async () => {
  const answers = recentAnswers<number>(manualClock(0), 1_000)
  let asked = 0
  const ask = async () => ++asked
  for (let question = 0; question < 201; question++) await answers.of(question, ask)
  assert.equal(await answers.of(200, ask), 201, 'still known')
  assert.equal(await answers.of(0, ask), 202, 'asked anew')
})

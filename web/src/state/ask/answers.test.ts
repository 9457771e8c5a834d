import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { StarlingError } from '../../../../src/error.ts'
import { createAnswers } from './answers.ts'

describe('answers', () => {
  it('keep what came last while it is asked again, and when that fails', async () => {
    const answers = createAnswers<string>()
    assert.deepEqual(answers.of('a'), { busy: false })
    const first = answers.ask('a', async () => 'one')
    assert.deepEqual(answers.of('a'), { busy: true })
    await first
    assert.deepEqual(answers.of('a'), { answer: 'one', busy: false })
    await answers.ask('a', async () => {
      assert.deepEqual(answers.of('a'), { answer: 'one', busy: true })
      throw new StarlingError('unavailable', 'nobody there')
    })
    const { answer, failure } = answers.of('a')
    assert.deepEqual(
      [answer, failure?.code, failure?.message],
      ['one', 'unavailable', 'nobody there'],
    )
    assert.deepEqual(answers.of('b'), { busy: false })
  })

  it('take the answer to the question that was asked last, and abort the one before', async () => {
    const answers = createAnswers<string>()
    let settle = (_: string): void => undefined
    const late = new Promise<string>((resolve) => {
      settle = resolve
    })
    const aborted: boolean[] = []
    const first = answers.ask('a', (signal) => {
      signal.addEventListener('abort', () => aborted.push(true))
      return late
    })
    await answers.ask('a', async () => 'second')
    settle('first')
    await first
    assert.equal(answers.of('a').answer, 'second')
    assert.deepEqual(aborted, [true])
  })

  it('are kept for the last forty questions only', async () => {
    const answers = createAnswers<number>()
    for (let n = 0; n < 41; n++) await answers.ask(`${n}`, async () => n)
    assert.equal(answers.of('0').answer, undefined)
    assert.equal(answers.of('1').answer, 1)
  })
})

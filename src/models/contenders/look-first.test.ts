import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fieldOf } from './contenders-of.ts'
import { figuresOf, lookFirst } from './look-first.ts'

const itemCount = 10
const { protocol } = fieldOf('user-items')

/** Everybody is asked for one item of their own. */
function asked(count: number) {
  const questions = Array.from({ length: count }, (_, user) => ({ user, past: new Uint32Array() }))
  const targets = questions.map(({ user }) => Uint32Array.of(user % itemCount))
  return { questions, targets, dropsPast: true }
}

/** One that knows what a share of the users want, and how often it was asked. */
function knowing(share: number) {
  const counted = { askedCount: 0 }
  const score = (questions: readonly { readonly user: number }[]) => {
    counted.askedCount += questions.length
    return questions.map(({ user }) => {
      const isKnown = (user * 7919) % 1000 < 1000 * share
      const wanted = (user + (isKnown ? 0 : 1)) % itemCount
      return Float32Array.from({ length: itemCount }, (_, item) => Number(item === wanted))
    })
  }
  return { counted, score }
}

test('who is surely worse than the best is asked a quarter, and told how much worse', async () => {
  const judge = lookFirst(protocol, asked(1_000))
  const [good, bad, near] = [knowing(0.8), knowing(0.4), knowing(0.79)]
  const first = await judge(good, { k: 1 })
  assert.ok('judgement' in first)
  const best = first.judgement['Recall@1']!
  assert.ok(Math.abs(figuresOf(first.judgement)['Recall@1']! - 0.8) < 0.01)
  assert.equal(good.counted.askedCount, 1_000)
  const second = await judge(bad, { k: 1, best })
  assert.ok('below' in second && Math.abs(second.below - 0.4) < 0.05)
  assert.equal(bad.counted.askedCount, 250)
  const third = await judge(near, { k: 1, best })
  assert.ok('judgement' in third)
  assert.equal(near.counted.askedCount, 1_000)
  assert.equal((third.judgement['Recall@1'] as Float64Array).length, 1_000)
})

test('where few are asked, all are', async () => {
  const judge = lookFirst(protocol, asked(120))
  const first = await judge(knowing(0.8), { k: 1 })
  assert.ok('judgement' in first)
  const bad = knowing(0)
  const second = await judge(bad, { k: 1, best: first.judgement['Recall@1']! })
  assert.ok('judgement' in second)
  assert.equal(bad.counted.askedCount, 120)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { byOne } from '../evaluation/protocols/question.ts'
import { fitShares } from './fit-shares.ts'
import { addSpread } from './spread.ts'

const itemCount = 40

/** Users who want one item each; whoever knows it says so, others say what chance tells them. */
function world() {
  const random = seededRandom('shares')
  const targets = Array.from({ length: 200 }, () => Uint32Array.of(random.below(itemCount)))
  const questions = targets.map((_, user) => ({ user, past: Uint32Array.of(user % itemCount) }))
  const knows = (knowsOf: (user: number) => boolean, loudness: number) =>
    byOne(({ user }) => {
      const scores = Float32Array.from({ length: itemCount }, () => random.next())
      if (knowsOf(user)) scores[targets[user]![0]!] = 1.05
      return scores.map((score) => loudness * score)
    })
  return { asked: { questions, targets, dropsPast: false }, knows }
}

test('who knows is loud, who knows nothing is left out, whatever they count in', async () => {
  const { asked, knows } = world()
  const voices = [knows(() => false, 1_000), knows(() => true, 0.01)]
  assert.deepEqual(await fitShares(voices, asked, { k: 10 }), [0, 1])
})

test('each who knows of some is heard', async () => {
  const { asked, knows } = world()
  const voices = [knows((user) => user % 2 === 0, 1), knows((user) => user % 2 === 1, 5)]
  for (const share of await fitShares(voices, asked, { k: 10 })) assert.ok(share > 0, `${share}`)
})

test('what was met is in nobody’s way where lists leave it out', async () => {
  const { asked, knows } = world()
  // One tells the target behind what was met; where that counts, it stands behind the other.
  const past = byOne(({ user, past: [met] }) => {
    const scores = new Float32Array(itemCount)
    scores[met!] = 9
    scores[asked.targets[user]![0]!] = 1
    return scores
  })
  const half = knows((user) => user % 2 === 0, 1)
  const at = { k: 1 }
  // Nothing stands before the target then, so nobody else is needed.
  assert.deepEqual(await fitShares([past, half], { ...asked, dropsPast: true }, at), [1, 0])
  const [share] = await fitShares([past, half], asked, at)
  assert.ok(share! < 0.2, `${share}`)
})

test('of candidates only those are weighed', async () => {
  const { asked, knows } = world()
  const questions = asked.questions.map((question, user) => ({
    ...question,
    candidates: Uint32Array.from(new Set([asked.targets[user]![0]!, 0, 1, 2])).sort(),
  }))
  const voices = [knows(() => false, 1), knows(() => true, 1)]
  const [none, all] = await fitShares(voices, { ...asked, questions }, { k: 1 })
  assert.ok(none! < all!)
})

test('all that was asked for counts, and scores below zero as well', async () => {
  const { asked } = world()
  const targets = asked.targets.map(([first]) => Uint32Array.of(first!, (first! + 1) % itemCount))
  const tells = (which: number) =>
    byOne(({ user }) => {
      const scores = new Float32Array(itemCount).fill(-2)
      scores[targets[user]![which]!] = -1
      return scores
    })
  const options = { k: 2, add: addSpread }
  const shares = await fitShares([tells(0), tells(1)], { ...asked, targets }, options)
  for (const share of shares) assert.ok(share > 0, `${shares}`)
  const one = { ...asked, targets: targets.map(([first]) => Uint32Array.of(first!)) }
  assert.deepEqual(await fitShares([tells(0), tells(1)], one, options), [1, 0])
})

test('it stops where it is told to', async () => {
  const { asked, knows } = world()
  const signal = AbortSignal.abort(new Error('enough'))
  await assert.rejects(fitShares([knows(() => true, 1)], asked, { k: 1, signal }), /enough/)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ringItems, ringWalks, stepsOn } from '../../../sequence.suite.ts'
import { fitAttentionBesideCounts, type VoiceSettings } from './attention-beside-counts.ts'
import { usualCounts } from './voice-settings.ts'

const settings = (kind: keyof typeof usualCounts): VoiceSettings => ({
  network: {
    ...{ dims: 8, blocks: 1, negatives: 16, epochsMax: 3, patience: 2, rateDecay: 0.5 },
    workMax: 1e9,
  },
  counts: { ...usualCounts[kind], window: 2 },
})
const train = ringWalks()
const questions = Array.from({ length: ringItems }, (_, item) => ({
  ...{ user: item, past: Uint32Array.of(stepsOn(item, -1), item) },
}))

for (const kind of ['users', 'sessions'] as const) {
  test(`what counts leads where a network has learned little yet: ${kind}`, async () => {
    // All items of a ring have one attribute, by which the next is no likelier than the last.
    const itemAttributes = Array.from({ length: ringItems }, (_, item) => Uint32Array.of(item % 2))
    const asked = [...questions, ...questions, ...questions]
    const targets = asked.map(({ user }) => Uint32Array.of(stepsOn(user, 1)))
    const validation = { questions: asked, targets, dropsPast: true }
    const data = { train, itemAttributes, validation }
    const fit = () => fitAttentionBesideCounts(data, kind, settings(kind), { seed: 1 })
    const answers = await (await fit()).score(questions)
    assert.deepEqual(await (await fit()).score(questions), answers, 'bit by bit')
    for (const [item, scores] of answers.entries()) {
      for (const met of questions[item]!.past) scores[met] = 0
      assert.equal(scores.indexOf(Math.max(...scores)), stepsOn(item, 1), `after ${item}`)
    }
  })
}

test('of little nothing is weighed: all speak alike, and a few are heard all the same', async () => {
  const model = await fitAttentionBesideCounts({ train }, 'users', settings('users'), { seed: 1 })
  for (const [item, scores] of (await model.score(questions)).entries()) {
    for (const met of questions[item]!.past) scores[met] = 0
    assert.equal(scores.indexOf(Math.max(...scores)), stepsOn(item, 1), `after ${item}`)
  }
})

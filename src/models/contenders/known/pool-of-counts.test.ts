import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import { sequencesOf } from '../../sequences.ts'
import { sessionContenders } from './of-sequences.ts'
import { usualCounts } from './voices/voice-settings.ts'

const named = (name: string) => sessionContenders.find((each) => each.name === name)!
const counts = named('V-SKNN + Markov')
const pool = named('V-SKNN + Markov pooled with demand')

/** After `3 g` comes `3 g + 1` or `3 g + 2`: of old mostly the latter, in the newest the former. */
const groups = 12
function sessionsOf(count: number) {
  const random = seededRandom('sessions')
  const rows = Array.from({ length: count }, (_, row) => {
    const share = row < 0.88 * count ? 0.4 : 0.95
    return [0, 1].flatMap(() => {
      const from = 3 * random.below(groups)
      return [from, from + (random.next() < share ? 1 : 2)]
    })
  })
  return { train: sequencesOf(rows, 3 * groups), userIds: [], itemIds: [] }
}

const questions = Array.from({ length: groups }, (_, group) => {
  return { user: group, past: Uint32Array.of(3 * group) }
})

test('what is in demand lately comes before what followed more often of old', async () => {
  const data = sessionsOf(4_000)
  const run = { seed: 1 }
  const [counted, pooled] = [
    await counts.fit(data, counts.settings, run),
    await pool.fit(data, pool.settings, run),
  ]
  const newOnes = async ({ score }: typeof pooled): Promise<number> => {
    const answers = await score(questions)
    const isNew = (scores: Float32Array, group: number) =>
      scores[3 * group + 1]! > scores[3 * group + 2]!
    return answers.filter((scores, group) => isNew(scores, group)).length
  }
  assert.ok((await newOnes(counted)) < groups / 2, 'of old')
  assert.ok((await newOnes(pooled)) > groups / 2, 'lately')
})

test('counts are those that their search chose, and the usual ones where nothing was', async () => {
  const data = sessionsOf(4_000)
  const chosen = { ...usualCounts.sessions, neighbors: 321 }
  const others = [{ name: counts.name, settings: chosen, learned: { score: () => [] } }]
  const settings = { ...pool.settings, passes: 1 }
  const learned = await pool.fit(data, settings, { seed: 1 }, others)
  assert.equal(pool.told!(learned)['neighbors'], 321)
  const alone = await pool.fit(data, settings, { seed: 1 })
  assert.equal(pool.told!(alone)['neighbors'], usualCounts.sessions.neighbors)
})

test('few sessions are too few to weigh by', async () => {
  const fit = async () => await pool.fit(sessionsOf(200), pool.settings, { seed: 1 })
  await assert.rejects(fit, /30 steps of the newest sessions are too few to weigh by/)
})

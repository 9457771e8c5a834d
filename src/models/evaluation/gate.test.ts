import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { judgeContest } from './gate.ts'

const random = seededRandom('gate test')
/** Normal noise by the sum of twelve. */
const noise = (): number =>
  Array.from({ length: 12 }, () => random.next()).reduce((a, b) => a + b) - 6
const around = (base: Float64Array, lead: number, spread: number): Float64Array =>
  base.map((value) => value + lead + spread * noise())

/** Users whose figures differ widely, as those of real ones do. */
const users = (count: number): Float64Array =>
  Float64Array.from({ length: count }, () => 0.7 + 0.2 * noise())

const contest = (candidate: Float64Array, baseline: Float64Array) => ({
  ...{ figure: 'auc', candidate, baselines: new Map([['likes', baseline]]) },
})

test('a lead that may be chance does not pass, however large it looks; a sure one does', () => {
  const few = users(8)
  const lucky = few.map((value, user) => value + (user < 5 ? 0.15 : -0.05))
  const { passes, reason } = judgeContest(contest(lucky, few), 'seed')
  assert.equal(passes, false)
  assert.match(reason, /^auc 0\.\d{4} \[.*\] over 8 does not beat likes beyond chance: /)
  const many = users(2_000)
  assert.equal(judgeContest(contest(around(many, 0.03, 0.1), many), 'seed').passes, true)
})

test('of candidates that are no better than a baseline hardly any passes', () => {
  let passed = 0
  for (let round = 0; round < 100; round++) {
    const base = users(60)
    if (judgeContest(contest(around(base, 0, 0.1), base), round).passes) passed++
  }
  // 2.5 of 100 are let through by right; 9 of 100 would be by a chance of one in a thousand.
  assert.ok(passed <= 9, `${passed} of 100`)
})

test('all baselines must be beaten, and the worst of those that are not is named', () => {
  const base = users(500)
  const candidate = around(base, 0.05, 0.05)
  const baselines = new Map([
    ['likes', base],
    ['factor-match', around(candidate, 0, 0.05)],
    ['neighbor-score', around(candidate, 0.02, 0.05)],
  ])
  const { passes, reason, metrics } = judgeContest({ figure: 'auc', candidate, baselines }, 1)
  assert.equal(passes, false)
  assert.match(reason, /does not beat neighbor-score beyond chance/)
  assert.ok(metrics['lead over likes low']! > 0)
})

test('beside the serving one a candidate must be as good for sure, within the tolerance', () => {
  const base = users(800)
  const against = (lead: number, spread: number, count: number) => {
    const serving = base.subarray(0, count)
    const served = { serving, candidate: around(serving, lead, spread) }
    const { passes, reason } = judgeContest(
      {
        ...contest(around(base.subarray(0, 60), 0.2, 0.05), base.subarray(0, 60)),
        serving: served,
      },
      'seed',
    )
    return { passes, reason }
  }
  assert.equal(against(0, 0.02, 800).passes, true)
  assert.match(against(-0.05, 0.02, 800).reason, /may fall behind the serving one by -0\.0/)
  // As good on the average, but of fifteen users nobody can tell.
  const passed = Array.from({ length: 50 }, () => against(0, 0.1, 15)).filter(
    ({ passes }) => passes,
  )
  assert.ok(passed.length <= 12, `${passed.length} of 50`)
  assert.equal(against(0.3, 0.1, 15).passes, true)
})

test('the same figures and the same seed give the same verdict', () => {
  const base = users(50)
  const one = contest(around(base, 0.01, 0.05), base)
  assert.deepEqual(judgeContest(one, 'a'), judgeContest(one, 'a'))
  assert.notDeepEqual(judgeContest(one, 'a').metrics, judgeContest(one, 'b').metrics)
})

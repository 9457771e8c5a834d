import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../../events/event.ts'
import { memoryLog } from '../../../events/log/memory-log.ts'
import { defaultSignals } from '../../../events/signals.ts'
import { auc } from '../../../models/evaluation/auc.ts'
import { loadLogistic } from '../../../models/logistic/logistic-model.ts'
import type { Artifact } from '../../../models/model.ts'
import type { Checkpoints } from '../jobs/checkpoints.ts'
import { noCheckpoints } from '../jobs/checkpoints.ts'
import {
  advanceTo,
  featureNames,
  keptCheckpoints,
  type Planted,
  plantedPages,
  plantedRanker,
  toldOf,
} from './planted-pages.suite.ts'
import { openRankerFollower } from './ranker-follower.ts'
import type { Wanted } from './told-rows.ts'

const version = plantedRanker()
const task = { name: 'ranker', version: 1, delayMs: 60_000, rate: 0.2, erasedAt: undefined }
const signals = async () => defaultSignals
const open = (checkpoints: Checkpoints = noCheckpoints, more: object = {}, rowsMost = 20_000) =>
  openRankerFollower({ task: { ...task, ...more }, version, signals, checkpoints, rowsMost })

/** How often what is low stands above what is high. */
function lowFirst(artifact: Artifact): number {
  const model = loadLogistic(artifact, featureNames)
  const height = Float32Array.from({ length: 100 }, (_, row) => row / 100)
  const scores = model.predict([height, new Float32Array(100).fill(0.5)], 100)
  return auc(
    scores,
    Float32Array.from(height, (value) => (value < 0.5 ? 1 : 0)),
  )!
}

test('where the crowd turns, it follows within a minute of pages; the version does not', async () => {
  const planted = plantedPages({ pages: 900, turnAt: 300, gapMs: 500 })
  const follower = await open(noCheckpoints, { rate: 0.4 })
  const placeOf = (page: number) => planted.events.findIndex(({ id }) => id === `request ${page}`)
  await advanceTo(follower, planted, placeOf(300))
  assert.ok(lowFirst(follower.model()) < 0.01, `${lowFirst(follower.model())}`)
  // A minute until the first page after the turn is ripe, and the minute of pages that it learns.
  await advanceTo(follower, planted, placeOf(300 + 2 * 120 + 4))
  assert.ok(lowFirst(follower.model()) > 0.99, `${lowFirst(follower.model())}`)
  assert.ok(lowFirst(version) < 0.01, `${lowFirst(version)}`)
  const standing = await advanceTo(follower, planted, planted.events.length)
  assert.ok(standing.judged!.online < standing.judged!.stale - 0.2, JSON.stringify(standing))
  assert.equal(standing.resetCount, 0)
})

test('what it comes to follows from the version and the place in the log, bit by bit', async () => {
  const planted = plantedPages({ pages: 160, turnAt: 60 })
  const { length } = planted.events
  const whole = await open()
  const end = await advanceTo(whole, planted, length)
  assert.ok(end.rowCount > 1_000 && end.correctionCount > 20, JSON.stringify(end))

  const piecewise = await open()
  for (let at = 0; at < length; at += 97) await advanceTo(piecewise, planted, at)
  assert.deepEqual(await advanceTo(piecewise, planted, length), end)
  assert.deepEqual(piecewise.model(), whole.model())

  // Each piece in another life: it goes on from what the one before had kept.
  const checkpoints = keptCheckpoints()
  for (let at = 0; at < length; at += 211) await advanceTo(await open(checkpoints), planted, at)
  const last = await open(checkpoints)
  assert.deepEqual(await advanceTo(last, planted, length), end)
  assert.deepEqual(last.model(), whole.model())
  // What was put in force is there again before anything is read.
  const again = await open(checkpoints)
  assert.deepEqual(again.model(), whole.model())
  assert.equal(again.standing.through, length)
})

test('a long past is learned in parts, each with a question of its own', async () => {
  const planted = plantedPages({ pages: 400 })
  const { length } = planted.events
  const [whole, parts] = [await open(), await open(noCheckpoints, {}, 200)]
  await advanceTo(whole, planted, length)
  let questions = 0
  while ((await advanceTo(parts, planted, length)).through < length) questions++
  assert.ok(questions > 2, `${questions}`)
  assert.deepEqual(parts.model(), whole.model())
})

test('one that fails on the way begins anew where it was kept, to the same bits', async () => {
  const planted = plantedPages({ pages: 160 })
  const { length } = planted.events
  const checkpoints = keptCheckpoints()
  await advanceTo(await open(checkpoints), planted, 900)
  const broken = (await open(checkpoints)).advance(planted.log, length)
  assert.equal((await broken.next([])).done, false)
  await assert.rejects(broken.throw(new Error('the lake is gone')), /the lake is gone/)
  const [after, unbroken] = [await open(checkpoints), await open()]
  await advanceTo(after, planted, length)
  await advanceTo(unbroken, planted, length)
  assert.deepEqual(after.model(), unbroken.model())
})

test('another version, another delay or an erasure begin with the version again', async () => {
  const planted = plantedPages({ pages: 60 })
  const checkpoints = keptCheckpoints()
  await advanceTo(await open(checkpoints), planted, planted.events.length)
  for (const change of [{ version: 2 }, { delayMs: 30_000 }, { rate: 0.1 }, { erasedAt: 5 }]) {
    const { standing } = await open(checkpoints, change)
    assert.deepEqual([standing.through, standing.rowCount], [0, 0], JSON.stringify(change))
  }
  assert.notEqual((await open(checkpoints)).standing.rowCount, 0)
})

test('whoever was erased is not learned from, whether the log is rewritten by then or not', async () => {
  const planted = plantedPages({ pages: 160, turnAt: 60 })
  const at = planted.events.at(-1)!.at
  const erasedAt = planted.events.length
  const erase: Event = { type: 'erase', id: 'erase', at, user: 'u3' }
  const marked: Planted = { ...planted, log: memoryLog([...planted.events, erase]) }
  const rewritten: Planted = { ...planted, log: memoryLog([...planted.events, erase]) }
  await rewritten.log.erase((event) => 'user' in event && event.user === 'u3')
  const [early, late] = [await open(noCheckpoints, { erasedAt }), await open()]
  const one = await advanceTo(early, marked, erasedAt + 1)
  const other = await advanceTo(late, rewritten, erasedAt + 1)
  assert.equal(one.rowCount, other.rowCount)
  assert.deepEqual(early.model(), late.model())
})

test('rows that nobody logged are counted, and learned by nobody', async () => {
  const planted = plantedPages({ pages: 40 })
  const features = new Map([...planted.features].filter(([key]) => !key.startsWith('run 1')))
  const standing = await advanceTo(await open(), { ...planted, features }, planted.events.length)
  assert.ok(standing.missingCount > 50 && standing.rowCount > 50, JSON.stringify(standing))
})

test('one that does worse than its version goes back to it, and says where', async () => {
  const planted = plantedPages({ pages: 400 })
  // What the version never went by is on a scale that it never saw: every step goes wild.
  const told = (wanted: Wanted) =>
    toldOf(planted, wanted).map((row) => {
      const [, page, place] = row.item.split(' ').map(Number)
      const noise = (page! + place!) % 2 ? 40 : -40
      return { ...row, own: JSON.stringify({ height: JSON.parse(row.own).height, noise }) }
    })
  const to = async (through: number) => {
    const follower = await open()
    const course = follower.advance(planted.log, through)
    let step = await course.next([])
    while (!step.done) step = await course.next(told(step.value))
    return { standing: step.value, weights: follower.model().weights }
  }
  const { resetCount, resetAt } = (await to(planted.events.length)).standing
  assert.ok(resetCount >= 1 && resetAt! > 0, `${resetCount} at ${resetAt}`)
  const [before, then] = [await to(resetAt!), await to(resetAt! + 1)]
  assert.equal(then.standing.resetCount, before.standing.resetCount + 1)
  assert.notDeepEqual(before.weights, version.weights)
  assert.deepEqual(then.weights, version.weights)
})

test('likes that come late count for what they are', async () => {
  // All likes of a page in two come after it was learned as if nothing on it were liked.
  const [late, timely] = await Promise.all(
    [2, 10_000].map(async (lateEvery) => {
      const planted = plantedPages({ pages: 500, lateEvery })
      const follower = await open()
      const standing = await advanceTo(follower, planted, planted.events.length)
      const model = loadLogistic(follower.model(), featureNames)
      const columns = [Float32Array.of(0.1, 0.5, 0.9), new Float32Array(3).fill(0.5)]
      return { chances: model.predict(columns, 3), standing }
    }),
  )
  const { correctionCount, resetCount } = late!.standing
  assert.ok(correctionCount > 500 && resetCount === 0, JSON.stringify(late))
  // Without the corrections a half of all likes would be missing.
  late!.chances.forEach((chance, row) => {
    const other = timely!.chances[row]!
    assert.ok(Math.abs(chance - other) < 0.12, `${late!.chances} and ${timely!.chances}`)
  })
})

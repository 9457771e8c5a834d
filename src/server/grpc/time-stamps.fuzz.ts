import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { BatchStamp } from '../../engine/engine.ts'
import { pagesIn } from './pages-in.ts'
import { stampBefore, turnOf } from './time-stamps.ts'

const seed = Number(process.env['SEED'] ?? 20240501)
const options = { seed, numRuns: 500 }
const firstAt = 1_700_000_000_000

/** Histories of a feed: numbers without gaps, times that rise strictly, the oldest forgotten. */
const histories = fc
  .tuple(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 12 }), fc.nat({ max: 5 }))
  .map(([steps, forgotten]): readonly BatchStamp[] => {
    let at = firstAt
    const all = steps.map((step, index) => ({ batchId: index + 1, at: (at += step), size: 10 }))
    return all.slice(forgotten).reverse()
  })

const askedNear = fc.integer({ min: firstAt - 5, max: firstAt + 80 })
const askedTimes = fc.oneof(askedNear, fc.nat(), fc.maxSafeNat())

test(`every history and every time has an answer, and the right one (seed ${seed})`, () =>
  fc.assert(
    fc.asyncProperty(histories, askedTimes, async (batches, asked) => {
      const turn = await turnOf(asked, pagesIn(batches))
      const times = batches.map(({ at }) => at)
      const notLater = batches.filter(({ at }) => at <= asked)
      if (asked > Math.max(0, ...times) || times.length === 0) {
        assert.deepEqual(turn, { kind: 'refresh' })
      } else if (notLater.length === 0) {
        assert.deepEqual(turn, { kind: 'end' })
      } else {
        const batchId = Math.max(...notLater.map((batch) => batch.batchId))
        const older = batches.filter((batch) => batch.batchId < batchId)
        const before = Math.max(0, ...older.map(({ at }) => at))
        assert.deepEqual(turn, { kind: 'history', batchId, before })
      }
    }),
    options,
  ))

test(`paging back from a new page shows every older page once, newest first (seed ${seed})`, () =>
  fc.assert(
    fc.asyncProperty(histories, async (batches) => {
      const [newest, ...older] = batches
      if (newest === undefined) return
      const pages = pagesIn(batches)
      const seen: number[] = []
      let asked = await stampBefore({ batchId: newest.batchId, servedAt: newest.at }, pages)
      while (asked !== 0) {
        const turn = await turnOf(asked, pages)
        assert(turn.kind === 'history')
        seen.push(turn.batchId)
        asked = turn.before
      }
      assert.deepEqual(
        seen,
        older.map(({ batchId }) => batchId),
      )
    }),
    options,
  ))

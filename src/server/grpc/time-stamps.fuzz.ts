import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { BatchStamp } from '../../engine/engine.ts'
import { stampBefore, stamped, turnOf } from './time-stamps.ts'

const seed = Number(process.env['SEED'] ?? 20240501)
const options = { seed, numRuns: 500 }

/** Histories whose clock mostly goes on, sometimes stands still and sometimes is set back. */
const histories = fc
  .array(fc.integer({ min: -3, max: 6 }), { maxLength: 12 })
  .map((steps): readonly BatchStamp[] => {
    let at = 1_700_000_000_000
    return steps
      .map((step, index) => ({ batchId: index + 1, at: (at += step), size: 10 }))
      .reverse()
  })

const askedNear = fc.integer({ min: 1_699_999_999_980, max: 1_700_000_000_090 })
const askedTimes = fc.oneof(askedNear, fc.nat(), fc.maxSafeNat())

test(`every history and every time has an answer, and the right one (seed ${seed})`, () => {
  fc.assert(
    fc.property(histories, askedTimes, (batches, asked) => {
      const stamps = stamped(batches)
      const turn = turnOf(stamps, asked)
      const notLater = stamps.filter(({ stamp }) => stamp <= asked)
      const newest = stamps[0]
      if (newest === undefined || asked > newest.stamp) {
        assert.deepEqual(turn, { kind: 'refresh' })
      } else if (notLater.length === 0) {
        assert.deepEqual(turn, { kind: 'end' })
      } else {
        const batchId = Math.max(...notLater.map((batch) => batch.batchId))
        const older = stamps.filter((batch) => batch.batchId < batchId)
        const before = Math.max(0, ...older.map(({ stamp }) => stamp))
        assert.deepEqual(turn, { kind: 'history', batchId, before })
      }
    }),
    options,
  )
})

test(`paging back from a new page shows every older page once, newest first (seed ${seed})`, () => {
  fc.assert(
    fc.property(histories, (batches) => {
      const stamps = stamped(batches)
      const shown: number[] = []
      let asked = stampBefore(stamps, (batches[0]?.batchId ?? 0) + 1)
      while (asked !== 0) {
        const turn = turnOf(stamps, asked)
        assert(turn.kind === 'history')
        shown.push(turn.batchId)
        asked = turn.before
      }
      assert.deepEqual(
        shown,
        batches.map(({ batchId }) => batchId),
      )
    }),
    options,
  )
})

test(`a stamp that a client holds means the same page after new pages (seed ${seed})`, () => {
  fc.assert(
    fc.property(histories, fc.nat({ max: 12 }), (batches, newCount) => {
      const before = stamped(batches.slice(newCount))
      const after = stamped(batches)
      assert.deepEqual(after.slice(after.length - before.length), before)
    }),
    options,
  )
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Judged } from './curve.ts'
import { isotonicCurve } from './isotonic.ts'
import { plattCurve } from './platt.ts'
import { expectedCalibrationError, reliability } from './reliability.ts'

const row = fc.record({
  chance: fc.oneof(fc.float({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.25, 0.5, 1)),
  label: fc.constantFrom(0, 1),
  weight: fc.constantFrom(0.5, 1, 3),
})

const judged = fc
  .array(row, { minLength: 2, maxLength: 60 })
  .filter((rows) => new Set(rows.map(({ label }) => label)).size === 2)
  .map(
    (rows): Judged => ({
      chances: Float32Array.from(rows, ({ chance }) => chance),
      labels: Float32Array.from(rows, ({ label }) => label),
      weights: Float32Array.from(rows, ({ weight }) => weight),
    }),
  )

test('curves rise, and stay within 0 and 1', () => {
  fc.assert(
    fc.property(judged, (rows) => {
      for (const curve of [plattCurve(rows), isotonicCurve(rows)]) {
        const along = curve.apply(Float32Array.from({ length: 101 }, (_, at) => at / 100))
        along.forEach((value, at) => {
          assert.ok(value >= 0 && value <= 1, `${curve.kind} ${value}`)
          assert.ok(at === 0 || value >= along[at - 1]!, `${curve.kind} falls at ${at}`)
        })
      }
    }),
  )
})

/**
 * Isotonic regression by its definition: the largest mean to the left of the least to the right.
 */
function minMax(labels: number[], weights: number[]): number[] {
  const mean = (from: number, to: number): number => {
    let [sum, total] = [0, 0]
    for (let at = from; at <= to; at++) {
      sum += weights[at]! * labels[at]!
      total += weights[at]!
    }
    return sum / total
  }
  return labels.map((_, at) => {
    let most = Number.NEGATIVE_INFINITY
    for (let from = 0; from <= at; from++) {
      let least = Number.POSITIVE_INFINITY
      for (let to = at; to < labels.length; to++) least = Math.min(least, mean(from, to))
      most = Math.max(most, least)
    }
    return most
  })
}

test('pooled steps are the regression by its definition, where no two chances are equal', () => {
  fc.assert(
    fc.property(judged, ({ labels, weights }) => {
      const count = labels.length
      const chances = Float32Array.from({ length: count }, (_, at) => (at + 1) / (count + 1))
      const expected = minMax([...labels], [...weights])
      const { points } = isotonicCurve({ chances, labels, weights })
      const worths = new Set(Array.from(points).filter((_, at) => at % 2 === 1))
      for (const value of expected) {
        assert.ok(
          [...worths].some((worth) => Math.abs(worth - value) < 1e-9),
          `${value}`,
        )
      }
      assert.ok(worths.size <= new Set(expected.map((value) => value.toFixed(9))).size)
    }),
  )
})

test('a table holds all rows once, and its error is 0 where what was foretold came', () => {
  fc.assert(
    fc.property(judged, fc.integer({ min: 1, max: 12 }), ({ chances, labels, weights }, bins) => {
      const table = reliability(chances, labels, { bins, weights })
      assert.ok(table.length <= bins)
      assert.equal(
        table.reduce((sum, { rowCount }) => sum + rowCount, 0),
        labels.length,
      )
      table.forEach(({ foretold }, at) => {
        assert.ok(at === 0 || foretold > table[at - 1]!.foretold)
      })
      assert.equal(expectedCalibrationError(reliability(labels, labels, { bins })), 0)
    }),
  )
})

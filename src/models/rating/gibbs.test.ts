import assert from 'node:assert/strict'
import { test } from 'node:test'
import { normal } from '../../kernel/distributions.ts'
import { seededRandom } from '../../kernel/random.ts'
import { openSampler } from './gibbs.ts'
import { relationOf } from './relation.ts'

const random = seededRandom('relations')
const count = 400

/** Rows of a few features each, some shared by all. */
function planted(rowCount: number, featureCount: number) {
  const described = Array.from({ length: rowCount }, (_, row) => ({
    features: [
      [row % featureCount, 1] as const,
      [(row * 7 + 1) % featureCount, 0.5] as const,
      [0, 0.25] as const,
    ].filter(([feature], at, all) => all.findIndex(([other]) => other === feature) === at),
  }))
  const rows = Uint32Array.from({ length: count }, () => random.below(rowCount))
  const groups = Uint32Array.from({ length: featureCount }, (_, feature) => feature % 2)
  return { described, relation: relationOf(rows, described, groups) }
}

type Planted = ReturnType<typeof planted>

interface Numbers {
  readonly bias: number
  readonly sides: readonly { readonly weights: Float64Array; readonly vectors: Float64Array }[]
}

/** A rating by the definition written out: bias, weights, and the product of each pair. */
function ratingOf(sides: readonly Planted[], { bias, sides: numbers }: Numbers, rating: number) {
  const on = sides.flatMap(({ described, relation }, side) =>
    described[relation.rows[rating]!]!.features.map(([feature, value]) => {
      const { weights, vectors } = numbers[side]!
      const vector = Array.from(
        { length: dims },
        (_, k) => value * vectors[k * relation.featureCount + feature]!,
      )
      return { weight: value * weights[feature]!, vector }
    }),
  )
  let sum = bias
  for (const [index, one] of on.entries()) {
    sum += one.weight
    for (const other of on.slice(index + 1)) {
      for (let k = 0; k < dims; k++) sum += one.vector[k]! * other.vector[k]!
    }
  }
  return sum
}

const dims = 2

/** The sampler keeps its errors as it goes: were they wrong, it would fit something else. */
test('what it draws fits the ratings up to their noise, by the definition written out', () => {
  const sides = [planted(12, 9), planted(15, 11), planted(5, 4)]
  const truth: Numbers = {
    bias: 3,
    sides: sides.map(({ relation }) => ({
      weights: Float64Array.from({ length: relation.featureCount }, () => normal(random) / 2),
      vectors: Float64Array.from({ length: relation.featureCount * dims }, () => normal(random)),
    })),
  }
  const ratings = Array.from({ length: count }, (_, rating) => rating)
  const labels = ratings.map((rating) => ratingOf(sides, truth, rating) + 0.1 * normal(random))
  const relations = sides.map(({ relation }) => relation)
  const sampler = openSampler(relations, labels, dims, seededRandom('sampler'))
  for (let sweep = 0; sweep < 300; sweep++) sampler.sweep()
  const squares = ratings.map(
    (rating) => (labels[rating]! - ratingOf(sides, sampler.state, rating)) ** 2,
  )
  const error = Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / count)
  const spread = Math.sqrt(labels.reduce((sum, label) => sum + (label - 3) ** 2, 0) / count)
  assert.ok(error < 0.2 && spread > 1, `${error} of ${spread}`)
})

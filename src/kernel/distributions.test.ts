import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gamma, normal } from './distributions.ts'
import { seededRandom } from './random.ts'

const count = 40_000

function momentsOf(draw: () => number): { mean: number; variance: number } {
  const values = Float64Array.from({ length: count }, draw)
  const mean = values.reduce((sum, value) => sum + value, 0) / count
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count
  return { mean, variance }
}

test('normal numbers have mean 0 and deviation 1', () => {
  const random = seededRandom('normal')
  const { mean, variance } = momentsOf(() => normal(random))
  assert.ok(Math.abs(mean) < 0.02 && Math.abs(variance - 1) < 0.03, `${mean}, ${variance}`)
})

test('gamma numbers have the mean and the variance of their shape, small ones too', () => {
  for (const [shape, rate] of [
    [0.2, 1],
    [1, 2],
    [7.5, 0.5],
    [400, 10],
  ] as const) {
    const random = seededRandom(`gamma ${shape}`)
    const { mean, variance } = momentsOf(() => gamma(random, shape, rate))
    assert.ok(Math.abs(mean / (shape / rate) - 1) < 0.03, `${shape}: mean ${mean}`)
    assert.ok(Math.abs(variance / (shape / rate ** 2) - 1) < 0.1, `${shape}: ${variance}`)
  }
})

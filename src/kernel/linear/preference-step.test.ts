import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../random.ts'
import { solveCholesky } from './cholesky.ts'
import { dot } from './dot.ts'
import { stepPreference } from './preference-step.ts'

const dims = 5
const footing = { alpha: 4, stiffness: 7 }

function randomVector(seed: string): Float32Array {
  const random = seededRandom(seed)
  return Float32Array.from({ length: dims }, () => random.next() - 0.5)
}

test('a step is the exact solution where the curvature is the same in all directions', () => {
  for (const signal of [2, 0.3, -0.5, -3]) {
    const [user, item] = [randomVector('user'), randomVector('item')]
    const belief = footing.alpha * Math.abs(signal)
    // A' = A + c y yᵀ and b' = b + pull y, with A = stiffness I and so b = stiffness x.
    const matrix = new Float64Array(dims * dims)
    const solution = new Float64Array(dims)
    const pull = signal > 0 ? 1 + belief : -belief
    for (let i = 0; i < dims; i++) {
      solution[i] = footing.stiffness * user[i]! + pull * item[i]!
      for (let j = 0; j < dims; j++) {
        matrix[i * dims + j] = (i === j ? footing.stiffness : 0) + belief * item[i]! * item[j]!
      }
    }
    assert.ok(solveCholesky(matrix, dims, solution))
    stepPreference(user, item, 0, signal, footing)
    user.forEach((value, k) => {
      assert.ok(Math.abs(value - solution[k]!) < 1e-6, `signal ${signal}, x[${k}]`)
    })
  }
})

test('what pleased is expected more, what did not less, and nothing moves nothing', () => {
  const item = randomVector('item')
  const match = (signal: number): number => {
    const user = randomVector('user')
    stepPreference(user, item, 0, signal, footing)
    return dot(user, 0, item, 0, dims)
  }
  const before = match(0)
  assert.equal(before, dot(randomVector('user'), 0, item, 0, dims))
  assert.ok(match(2) > match(1) && match(1) > before)
  assert.ok(match(-2) < match(-0.5) && match(-0.5) < before)
})

test('however strong the signal, a step stops at the preference that is wanted', () => {
  const item = randomVector('item')
  for (const [signal, wanted] of [[1e6, 1] as const, [-1e6, -1] as const]) {
    const user = randomVector('user')
    stepPreference(user, item, 0, signal, footing)
    assert.ok(Math.abs(dot(user, 0, item, 0, dims) - wanted) < 1e-4)
  }
})

test('an item is found at its start', () => {
  const item = randomVector('item')
  const [one, other] = [randomVector('user'), randomVector('user')]
  stepPreference(one, item, 0, 1, footing)
  stepPreference(other, Float32Array.of(9, 9, ...item), 2, 1, footing)
  assert.deepEqual(one, other)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { minimise, type Reached } from './minimise.ts'

const options = { tolerance: 1e-14, stepsMost: 200 }

test('a bowl whose sides differ a thousandfold is descended to its bottom', async () => {
  const steep = [1, 10, 100, 1000]
  const bottom = [3, -2, 1, 0.5]
  const point = new Float64Array(4)
  const value = await minimise(
    point,
    (at, slope) => {
      let sum = 7
      for (let k = 0; k < 4; k++) {
        const away = at[k]! - bottom[k]!
        slope[k] = steep[k]! * away
        sum += (steep[k]! / 2) * away ** 2
      }
      return sum
    },
    options,
  )
  assert.ok(Math.abs(value - 7) < 1e-9)
  point.forEach((number, k) => {
    assert.ok(Math.abs(number - bottom[k]!) < 1e-5, `${number} at ${k}`)
  })
})

test('the slope is 0 at the bottom of a function with a curved valley', async () => {
  // log(cosh) is convex and far from a parabola.
  const slopeAt = (at: Float64Array, slope: Float64Array): number => {
    slope[0] = 5 * Math.tanh(5 * (at[0]! - at[1]!)) + 0.1 * at[0]!
    slope[1] = -5 * Math.tanh(5 * (at[0]! - at[1]!)) + 0.1 * (at[1]! - 40)
    const valley = Math.log(Math.cosh(5 * (at[0]! - at[1]!)))
    return valley + 0.05 * at[0]! ** 2 + 0.05 * (at[1]! - 40) ** 2
  }
  const point = Float64Array.of(1, -1)
  await minimise(point, slopeAt, options)
  const slope = new Float64Array(2)
  slopeAt(point, slope)
  for (const value of slope) assert.ok(Math.abs(value) < 1e-4, `${value}`)
})

test('a point that is at the bottom already stays, and a function that is nowhere finite too', async () => {
  const point = Float64Array.of(2)
  const flat = (value: number, steep: number) => (_: Float64Array, slope: Float64Array) => {
    slope.fill(steep)
    return value
  }
  await minimise(point, flat(1, 0), options)
  assert.deepEqual([...point], [2])
  await minimise(point, flat(Number.NaN, 1), options)
  assert.deepEqual([...point], [2])
})

test('no more steps are made than are allowed', async () => {
  let steps = 0
  const valley = (at: Float64Array, slope: Float64Array): number => {
    slope[0] = 4 * at[0]! ** 3
    return at[0]! ** 4
  }
  const onStep = ({ step }: Reached): void => {
    steps = step
  }
  await minimise(Float64Array.of(9), valley, { tolerance: 0, stepsMost: 3, onStep })
  assert.equal(steps, 3)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { histogram } from './histogram.ts'

const size = fc.oneof(
  fc.nat(300),
  fc.nat(2_000_000),
  fc.nat(2 ** 31 - 1),
  fc.constantFrom(0, 63, 64, 127, 128, 129, 255, 256, 2 ** 31, 2 ** 32 - 1),
)
const sizes = fc.array(size, { minLength: 1, maxLength: 200, size: 'max' })

/** Half of a part: 1/128 of the value. */
function near(value: number, exact: number): void {
  assert.ok(Math.abs(value - exact) <= exact / 128, `${value} instead of ${exact}`)
}

test('quantiles are those of a sorted list, to within one in 128', () => {
  const property = fc.property(
    sizes,
    fc.double({ min: 0, max: 1, noNaN: true }),
    (values, share) => {
      const counted = histogram()
      for (const value of values) counted.record(value)
      const sorted = [...values].sort((a, b) => a - b)
      const rank = Math.max(1, Math.ceil(share * values.length))
      near(counted.quantile(share), sorted[rank - 1]!)
      assert.equal(counted.count, values.length)
      assert.equal(counted.max, sorted.at(-1))
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      assert.ok(Math.abs(counted.mean - mean) <= 1e-9 * mean)
    },
  )
  fc.assert(property, { numRuns: 500 })
})

test('two histograms taken together are one of all values', () => {
  const property = fc.property(sizes, sizes, (some, others) => {
    const [whole, part, rest] = [histogram(), histogram(), histogram()]
    for (const value of [...some, ...others]) whole.record(value)
    for (const value of some) part.record(value)
    for (const value of others) rest.record(value)
    part.add(rest)
    assert.deepEqual([...part.entries()], [...whole.entries()])
    assert.equal(part.max, whole.max)
    assert.equal(part.count, whole.count)
  })
  fc.assert(property, { numRuns: 200 })
})

test('one that was saved goes on as if nothing had come between', () => {
  const property = fc.property(sizes, sizes, (some, others) => {
    const whole = histogram()
    for (const value of some) whole.record(value)
    const goesOn = histogram(JSON.parse(JSON.stringify(whole.save())))
    for (const value of others) {
      whole.record(value)
      goesOn.record(value)
    }
    assert.deepEqual(goesOn.save(), whole.save())
    assert.deepEqual([goesOn.count, goesOn.mean], [whole.count, whole.mean])
  })
  fc.assert(property, { numRuns: 200 })
})

test('what is larger than it can hold counts as the largest, and the maximum tells', () => {
  const counted = histogram()
  counted.record(1e12)
  assert.equal(counted.max, 1e12)
  near(counted.quantile(1), 2 ** 32 - 1)
  counted.clear()
  assert.equal(counted.count, 0)
  assert.equal(counted.quantile(0.5), 0)
})

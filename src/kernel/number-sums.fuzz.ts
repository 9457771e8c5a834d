import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { NumberSums } from './number-sums.ts'

test('number sums are what a map holds', () => {
  const number = fc.oneof(fc.nat(300), fc.constantFrom(0, 2 ** 31, 2 ** 32 - 1, 64, 128, 192))
  // Eighths add up without rounding.
  const amount = fc.integer({ min: -80, max: 80 }).map((eighths) => eighths / 8)
  const property = fc.property(
    fc.array(fc.tuple(number, amount), { maxLength: 200, size: 'max' }),
    (added) => {
      const sums = new NumberSums()
      const oracle = new Map<number, number>()
      for (const [number, amount] of added) {
        sums.add(number, amount)
        oracle.set(number, (oracle.get(number) ?? 0) + amount)
      }
      const { numbers, sums: totals } = sums.entries()
      assert.equal(sums.size, oracle.size)
      assert.deepEqual(new Map([...numbers].map((number, i) => [number, totals[i]])), oracle)
      for (const [number, total] of oracle) assert.equal(sums.get(number), total)
      assert.equal(sums.get(1_000_000), 0)
    },
  )
  fc.assert(property, { numRuns: 300 })
})

test('thousands of numbers in a row fit', () => {
  const sums = new NumberSums()
  for (let number = 0; number < 5_000; number++) sums.add(number, number)
  for (let number = 0; number < 5_000; number++) sums.add(number, 1)
  for (let number = 0; number < 5_000; number++) assert.equal(sums.get(number), number + 1)
  assert.equal(sums.size, 5_000)
})

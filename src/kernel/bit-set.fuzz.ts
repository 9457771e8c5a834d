import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { bitSet } from './bit-set.ts'

test('a bit set holds, counts and ranks what a sorted list does', () => {
  const member = fc.oneof(fc.nat(40), fc.constantFrom(31, 32, 1_023, 1_024, 2_047, 50_000))
  const change = fc.tuple(member, fc.boolean())
  const property = fc.property(fc.array(change, { maxLength: 120, size: 'max' }), (changes) => {
    const set = bitSet()
    const oracle = new Set<number>()
    for (const [number, adds] of changes) {
      if (adds) set.add(number)
      else set.delete(number)
      if (adds) oracle.add(number)
      else oracle.delete(number)
      assert.equal(set.has(number), adds)
    }
    const sorted = [...oracle].sort((a, b) => a - b)
    assert.deepEqual(
      Array.from({ length: set.size }, (_, rank) => set.at(rank)),
      sorted,
    )
  })
  fc.assert(property, { numRuns: 300 })
})

test('a full block is counted', () => {
  const set = bitSet()
  for (let member = 0; member < 5_000; member++) set.add(member)
  assert.equal(set.size, 5_000)
  for (const rank of [0, 1_023, 1_024, 4_999]) assert.equal(set.at(rank), rank)
  assert.equal(set.has(5_000), false)
})

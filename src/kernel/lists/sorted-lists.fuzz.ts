import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sortedLists } from './sorted-lists.ts'

const operation = fc.record({
  list: fc.nat(2),
  value: fc.nat(200),
  kind: fc.constantFrom<string>(...Array(20).fill('add'), 'remove', 'fill', 'read'),
})

test('sorted lists read as sorted sets do, whenever they are read', () => {
  const property = fc.property(
    fc.array(operation, { maxLength: 600, size: 'max' }),
    (operations) => {
      const lists = sortedLists()
      const naive = [new Set<number>(), new Set<number>(), new Set<number>()]
      const check = (list: number) => {
        const sorted = [...naive[list]!].sort((a, b) => a - b)
        assert.deepEqual([...lists.read(list)], sorted)
      }
      for (const { list, value, kind } of operations) {
        if (kind === 'add') {
          lists.add(list, value)
          naive[list]!.add(value)
        } else if (kind === 'remove') {
          lists.remove(list, value)
          naive[list]!.delete(value)
        } else if (kind === 'fill') {
          lists.fill(list, Uint32Array.of(value, value + 1))
          naive[list] = new Set([value, value + 1])
        } else check(list)
      }
      for (const list of naive.keys()) check(list)
    },
  )
  // fast-check prints the seed and the path of a failure.
  fc.assert(property, { numRuns: 100 })
})

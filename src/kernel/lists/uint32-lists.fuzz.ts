import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { uint32Lists } from './uint32-lists.ts'

const list = fc.nat(5)
const number = fc.nat(9)
const operation = fc.oneof(
  fc.record({ list, push: number }),
  fc.record({ list, replace: fc.array(number, { maxLength: 20 }) }),
)

test('many lists in one buffer hold what arrays hold', () => {
  const property = fc.property(fc.array(operation, { maxLength: 200 }), (operations) => {
    const lists = uint32Lists()
    const naive: number[][] = [[], [], [], [], [], []]
    for (const operation of operations) {
      if ('push' in operation) {
        lists.push(operation.list, operation.push)
        naive[operation.list]!.push(operation.push)
      } else {
        lists.replace(operation.list, operation.replace)
        naive[operation.list] = operation.replace.slice()
      }
      for (const [index, numbers] of naive.entries()) {
        assert.deepEqual([...lists.view(index)], numbers)
        const { starts, data } = lists.gather(Uint32Array.of(index, 9, index))
        assert.deepEqual([...starts], [0, numbers.length, numbers.length, numbers.length * 2])
        assert.deepEqual([...data], [...numbers, ...numbers])
        assert.equal(lists.length(index), numbers.length)
        assert.equal(lists.first(index), numbers[0] ?? -1)
        assert.equal(lists.last(index), numbers.at(-1) ?? -1)
        for (let value = 0; value < 10; value++) {
          assert.equal(lists.has(index, value), numbers.includes(value))
        }
      }
    }
  })
  // fast-check prints the seed and the path of a failure.
  fc.assert(property, { numRuns: 60 })
})

test('a list that was never written is empty', () => {
  const lists = uint32Lists()
  assert.equal(lists.length(7), 0)
  assert.equal(lists.has(7, 0), false)
  assert.deepEqual([...lists.view(7)], [])
})

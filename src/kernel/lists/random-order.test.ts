import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../random.ts'
import { randomOrder } from './random-order.ts'

test('every number comes once, and every order of three as often as each of the others', () => {
  const random = seededRandom('orders')
  const counts = new Map<string, number>()
  for (let time = 0; time < 6_000; time++) {
    const order = randomOrder(3, random)
    assert.deepEqual([...order].sort(), [0, 1, 2])
    counts.set(order.join(), (counts.get(order.join()) ?? 0) + 1)
  }
  // 1,000 of each are to be expected, with a deviation of 29.
  assert.equal(counts.size, 6)
  for (const count of counts.values()) assert.ok(count > 870 && count < 1_130, `${count}`)
})

test('the same seed gives the same order, of nothing as well', () => {
  const orderOf = (count: number) => randomOrder(count, seededRandom('same'))
  assert.deepEqual(orderOf(50), orderOf(50))
  assert.deepEqual([orderOf(0), orderOf(1)], [Uint32Array.of(), Uint32Array.of(0)])
})

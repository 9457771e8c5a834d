import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Numbering } from './numbering.ts'

const number = fc.oneof(fc.nat(20), fc.nat(), fc.constantFrom(0, 2 ** 32 - 1, 2 ** 31))

test('numbers have the places that a map would give them', () => {
  fc.assert(
    fc.property(fc.array(number, { maxLength: 300 }), fc.nat(300), (numbers, room) => {
      const numbering = new Numbering(room)
      const places = new Map<number, number>()
      for (const each of numbers) {
        assert.equal(numbering.placeOf(each), places.get(each) ?? -1)
        if (!places.has(each)) places.set(each, places.size)
        assert.equal(numbering.add(each), places.get(each))
      }
      assert.equal(numbering.size, places.size)
      assert.deepEqual([...numbering.numbers()], [...places.keys()])
    }),
  )
})

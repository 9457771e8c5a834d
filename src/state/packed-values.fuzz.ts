import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../kernel/random.ts'
import { packedValues } from './packed-values.ts'

const encoded = (value: readonly number[]): Uint8Array =>
  new Uint8Array(Uint32Array.from([value.length, ...value]).buffer)

test('values that change in place and are dropped are told as they stand, however many wait', () => {
  for (const [seed, ordinalCount] of [60, 900, 9_000].entries()) {
    const random = seededRandom(seed)
    const values = packedValues<number[]>({ encode: encoded })
    const known = new Map<number, number[]>()
    const check = (ordinal: number): void => {
      const value = known.get(ordinal)
      assert.equal(values.has(ordinal), value !== undefined)
      const expected = value === undefined ? [] : [value.length, ...value]
      assert.deepEqual([...values.words(ordinal)], expected, `seed ${seed}, ordinal ${ordinal}`)
    }
    for (let step = 0; step < 30_000; step++) {
      const ordinal = random.below(ordinalCount)
      const chance = random.next()
      if (chance < 0.1) check(ordinal)
      else if (chance < 0.2) {
        known.delete(ordinal)
        values.put(ordinal, undefined)
      } else {
        // As a fold does: what was handed over before is changed, and told again.
        const value = known.get(ordinal) ?? []
        value.push(step)
        known.set(ordinal, value)
        values.put(ordinal, value)
      }
    }
    for (let ordinal = 0; ordinal < ordinalCount; ordinal++) check(ordinal)
  }
})

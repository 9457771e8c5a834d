import assert from 'node:assert/strict'
import { test } from 'node:test'
import { knownOf } from './known.ts'
import { batches } from './projections/batches.ts'
import type { Need } from './projections/projection.ts'
import { pulse } from './projections/pulse.ts'

for (const count of [3, 200]) {
  test(`of ${count} needs each is told by projection and key, and no other`, () => {
    const needs: Need[] = Array.from({ length: count }, (_, index) => ({
      projection: index % 2 === 0 ? pulse : batches,
      key: `key${index >> 1}`,
    }))
    const known = knownOf(needs, [...needs.keys()])
    for (const [index, { projection, key }] of needs.entries()) {
      assert.equal(known.get(projection, key), index)
    }
    const valueless = knownOf(needs, new Array(count).fill(undefined))
    assert.equal(valueless.get(pulse, 'key0'), undefined)
    assert.throws(() => known.get(pulse, 'another'), /pulse\/another was read without being/)
  })
}

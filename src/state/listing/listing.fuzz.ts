import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../kernel/random.ts'
import { listing, type Place } from './listing.ts'

test('pages of a listing are the whole, put in order and cut', async () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const random = seededRandom(seed)
    const itemCount = random.below(9_000)
    // Few different keys, so that many are equal.
    const keys = Array.from({ length: itemCount }, () => random.below(40))
    const accepted = keys.map(() => random.below(3) > 0)
    const facet = {
      names: ['a', 'b', 'c'],
      of: (item: number) => Uint32Array.from(item % 5 === 0 ? [] : [item % 3]),
    }
    const expected = keys.map((_, item) => item).filter((item) => accepted[item])
    const counts = [0, 1, 2].map((code) => expected.filter((item) => item % 5 && item % 3 === code))
    expected.sort((a, b) => keys[a]! - keys[b]! || a - b)

    const size = 1 + random.below(99)
    const found: number[] = []
    let after: Place | undefined
    do {
      const page = await listing({
        ...{ itemCount, size, accept: (item) => accepted[item]!, keyOf: (item) => keys[item]! },
        ...(after && { after }),
        facet,
      })
      assert.equal(page.total, expected.length, `seed ${seed}`)
      assert.deepEqual(
        [...page.facet],
        counts.map(({ length }) => length),
        `seed ${seed}`,
      )
      found.push(...page.places.map(({ item }) => item))
      after = page.places.at(-1)
    } while (after !== undefined)
    assert.deepEqual(found, expected, `seed ${seed}`)
  }
})

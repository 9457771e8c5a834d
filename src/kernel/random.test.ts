import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Random, seededRandom } from './random.ts'

const drawCount = 60_000

function draws(random: Random, count = 8): readonly number[] {
  return Array.from({ length: count }, () => random.next())
}

/** How far the counts are from even, by the chi-square statistic. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

describe('seeded random', () => {
  it('gives the same stream for the same seed, on every machine and in every version', () => {
    const words = draws(seededRandom(1), 4).map((number) => number * 2 ** 32)
    assert.deepEqual(words, [3_717_383_135, 4_273_647_355, 2_817_693_385, 1_519_503_028])
    assert.deepEqual(draws(seededRandom('1')), draws(seededRandom(1)))
  })

  it('gives other streams for near seeds', () => {
    const firsts = Array.from({ length: 2_000 }, (_, seed) => seededRandom(seed).next())
    assert.equal(new Set(firsts).size, firsts.length)
    const counts = new Array<number>(16).fill(0)
    for (const first of firsts) counts[Math.floor(first * 16)]! += 1
    // 15 degrees of freedom: 37.7 is passed once in a thousand times.
    assert.ok(chiSquare(counts) < 37.7)
  })

  it('draws each number below a bound equally often, and the bound never', () => {
    const random = seededRandom('below')
    for (const bound of [2, 3, 6]) {
      const counts = new Array<number>(bound).fill(0)
      for (let draw = 0; draw < drawCount; draw++) counts[random.below(bound)]! += 1
      assert.equal(counts.length, bound)
      // 5 degrees of freedom at most: 20.5 is passed once in a thousand times.
      assert.ok(chiSquare(counts) < 20.5, `${bound}: ${counts}`)
    }
  })

  it('forks streams that neither change each other nor repeat their parent', () => {
    const random = seededRandom('parent')
    const undisturbed = draws(seededRandom('parent'))
    const fork = random.fork('child')
    const child = draws(fork)
    assert.deepEqual(draws(random), undisturbed)
    assert.deepEqual(draws(random.fork('child')), child)
    assert.notDeepEqual(draws(random.fork('other')), child)
    assert.notDeepEqual(child, undisturbed)
  })
})

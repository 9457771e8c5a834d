import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hashText } from './hash.ts'

const texts = [
  ...Array.from({ length: 30_000 }, (_, number) => `event-${number}`),
  ...Array.from({ length: 30_000 }, (_, number) => `${number}`.padStart(12, '0')),
  ...Array.from({ length: 2_000 }, (_, length) => 'a'.repeat(length)),
]

function bitCount(word: number): number {
  let count = 0
  for (let rest = word; rest !== 0; rest >>>= 1) count += rest & 1
  return count
}

describe('hash', () => {
  it('is the same for the same text for ever: stored state depends on it', () => {
    assert.deepEqual(hashText(''), { high: 2_324_566_360, low: 3_681_429_070 })
    assert.deepEqual(hashText('impression:r1:0'), { high: 568_903_224, low: 2_927_724_120 })
  })

  it('tells texts apart that differ little', () => {
    const hashes = new Set(texts.map((text) => `${hashText(text).high} ${hashText(text).low}`))
    assert.equal(hashes.size, new Set(texts).size)
  })

  it('spreads each word over tables of any size', () => {
    for (const word of ['high', 'low'] as const) {
      const counts = new Array<number>(64).fill(0)
      for (const text of texts) counts[hashText(text)[word] % 64]! += 1
      const expected = texts.length / 64
      const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
      // 63 degrees of freedom: 103.4 is passed once in a thousand times.
      assert.ok(chiSquare < 103.4, `${word}: ${chiSquare}`)
    }
  })

  it('changes about half of the bits when one letter changes', () => {
    let changed = 0
    for (let number = 0; number < 2_000; number++) {
      const [one, other] = [hashText(`item ${number} a`), hashText(`item ${number} b`)]
      changed += bitCount((one.high ^ other.high) >>> 0) + bitCount((one.low ^ other.low) >>> 0)
    }
    assert.ok(Math.abs(changed / 2_000 - 32) < 0.5, `${changed / 2_000} of 64`)
  })
})

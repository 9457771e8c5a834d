import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hashSet } from './hash-set.ts'
import { seededRandom } from './random.ts'

describe('hash set', () => {
  it('holds what was added, and nothing else, however the hashes fall', () => {
    const random = seededRandom(7)
    for (const range of [8, 3_000, 2 ** 32]) {
      const set = hashSet(100_000)
      const oracle = new Set<string>()
      for (let round = 0; round < 12_000; round++) {
        // Few low bits make long runs of taken slots.
        const hash = { high: (random.below(range) * 1_024) >>> 0, low: random.below(4) }
        const known = oracle.has(`${filed(hash)}`)
        assert.equal(set.has(hash), known, `${range}: ${JSON.stringify(hash)}`)
        if (random.below(2) === 0) continue
        set.add(hash)
        oracle.add(`${filed(hash)}`)
        assert.equal(set.has(hash), true)
      }
    }
  })

  it('never forgets the newest half of what it may hold, and is bounded', () => {
    const countMax = 4_000
    const set = hashSet(countMax)
    const hashOf = (number: number) => ({ high: (number * 2_654_435_761) >>> 0, low: number })
    for (let number = 0; number < 20_000; number++) {
      set.add(hashOf(number))
      const oldest = Math.max(0, number - countMax / 2 + 1)
      assert.equal(set.has(hashOf(oldest)), true)
    }
    let held = 0
    for (let number = 0; number < 20_000; number++) if (set.has(hashOf(number))) held++
    assert.ok(held <= countMax, `${held} are held`)
  })

  it('adds a hash once: repeating it pushes nothing out', () => {
    const set = hashSet(100)
    set.add({ high: 1, low: 1 })
    for (let round = 0; round < 1_000; round++) set.add({ high: 2, low: round % 3 })
    assert.equal(set.has({ high: 1, low: 1 }), true)
  })
})

/** Two zero words are filed as (0, 1): a free slot is all zeros. */
function filed({ high, low }: { readonly high: number; readonly low: number }): string {
  return high === 0 && low === 0 ? '0 1' : `${high} ${low}`
}

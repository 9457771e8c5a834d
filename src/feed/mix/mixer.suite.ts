import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { seededRandom } from '../../kernel/random.ts'
import { askedAt } from '../made-up-query.suite.ts'
import { type CandidateTable, gather } from '../pipeline/candidate-table.ts'
import type { Order } from '../pipeline/candidates.ts'
import type { Mixer } from '../pipeline/mixer.ts'
import type { Query } from '../pipeline/query.ts'

/** The sources that made-up candidates come from. */
export const sourceNames = ['hot', 'new', 'explore', 'model'] as const

/** A finished ranking, before any mixer. */
export interface Ranked {
  readonly candidates: CandidateTable
  readonly order: Order
  readonly seed: number
}

/** Up to 40 rows of up to four sources, in any order; some rows were ranked out. */
export const ranked: fc.Arbitrary<Ranked> = fc
  .array(fc.uniqueArray(fc.nat(39), { maxLength: 20, size: 'max' }), { minLength: 4, maxLength: 4 })
  .chain((lists) => {
    const named = sourceNames.map((name, index) => [name, lists[index]!] as const)
    const candidates = gather(new Map(named))
    const rows = [...candidates.items.keys()]
    return fc.record({
      candidates: fc.constant(candidates),
      order: fc.shuffledSubarray(rows, { minLength: rows.length >> 1 }),
      seed: fc.nat(),
    })
  })

/** A mixer needs nobody's past: nothing is known. */
export function mixQuery(seed: number | string, asked: Partial<Query> = {}): Query {
  return {
    user: 'u',
    at: askedAt,
    scene: 'home',
    channel: '',
    fields: {},
    request: 'request',
    size: 10,
    excluded: new Set(),
    known: { get: () => undefined },
    random: seededRandom(seed),
    signal: new AbortController().signal,
    ...asked,
  }
}

/** What every mixer must do. `idle` are settings with which it finds nothing to do. */
export function mixerSuite(
  name: string,
  mixers: fc.Arbitrary<Mixer>,
  idle: readonly Mixer[],
): void {
  test(`${name} neither invents nor repeats a row`, () => {
    const property = fc.property(mixers, ranked, (mixer, { candidates, order, seed }) => {
      const mixed = mixer.mix(mixQuery(seed), candidates, order)
      const left = new Set(order)
      for (const row of mixed) assert.ok(left.delete(row), `row ${row}`)
    })
    fc.assert(property, { numRuns: 300 })
  })

  test(`${name} keeps for others what it need not place`, () => {
    const property = fc.property(mixers, ranked, fc.nat(45), (mixer, given, places) => {
      const { candidates, order, seed } = given
      const all = mixer.mix(mixQuery(seed), candidates, order)
      const first = mixer.mix(mixQuery(seed), candidates, order, places)
      assert.deepEqual([...first].sort(), [...all].sort())
    })
    fc.assert(property, { numRuns: 200 })
  })

  test(`${name} mixes the same for the same seed, and leaves its input alone`, () => {
    const property = fc.property(mixers, ranked, (mixer, { candidates, order, seed }) => {
      const before = [...order]
      const mixed = mixer.mix(mixQuery(seed), candidates, order)
      assert.deepEqual(order, before)
      assert.deepEqual(mixer.mix(mixQuery(seed), candidates, before), mixed)
    })
    fc.assert(property, { numRuns: 100 })
  })

  test(`${name} changes nothing where it has nothing to do`, () => {
    const property = fc.property(ranked, ({ candidates, order, seed }) => {
      for (const mixer of idle) {
        assert.deepEqual(mixer.mix(mixQuery(seed), candidates, order), order)
      }
    })
    fc.assert(property, { numRuns: 50 })
  })
}

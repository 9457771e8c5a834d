import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  type Entry,
  packable,
  packEntries,
  packed,
  readEntries,
  unpackEntries,
} from './packed-entries.ts'

const name = fc.constantFrom('a', 'b', 'c', 'ü')

const entries: fc.Arbitrary<readonly Entry[]> = fc.array(
  fc
    .record(
      {
        item: fc.nat(12),
        score: fc.float({ noNaN: true }),
        sources: fc.array(name, { maxLength: 3 }),
        run: name,
        model: name,
        expiresAt: fc.nat(9_999),
        writer: name,
      },
      { requiredKeys: ['item', 'score', 'sources', 'run', 'model', 'expiresAt'] },
    )
    .map(({ item, ...entry }) => packable({ ...entry, item: '' }, item)),
  { maxLength: 20 },
)

const step = fc.oneof(
  fc.record({ gone: fc.array(fc.nat(12), { maxLength: 6 }) }),
  fc.record({ at: fc.nat(9_999) }),
  fc.constant('reread' as const),
)

test('packed entries are what a list of entries would be, and the same bytes', () => {
  const property = fc.property(entries, fc.array(step, { maxLength: 6 }), (given, steps) => {
    let list = given
    let pack = packed(given)
    for (const each of steps) {
      if (each === 'reread') pack = readEntries(pack.encode({})).entries
      else if ('at' in each) {
        list = list.filter(({ expiresAt }) => expiresAt > each.at)
        pack = pack.lasting(each.at)
      } else {
        const gone = new Set(each.gone)
        list = list.filter(({ item }) => !gone.has(item))
        pack = pack.without(gone)
      }
      assert.deepEqual([...pack], list)
      assert.deepEqual(
        pack.items(),
        list.map(({ item }) => item),
      )
      assert.equal(pack.at(list.length), undefined)
      assert.deepEqual(pack.encode({ n: 1 }), packEntries({ n: 1 }, list))
    }
    assert.deepEqual(unpackEntries(pack.encode({ n: 1 })), { header: { n: 1 }, entries: list })
  })
  fc.assert(property, { numRuns: 300 })
})

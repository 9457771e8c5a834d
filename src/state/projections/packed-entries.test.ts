import assert from 'node:assert/strict'
import { test } from 'node:test'
import { packable, packEntries, unpackEntries } from './packed-entries.ts'
import { entry } from './value-after.suite.ts'

function packed(...more: Parameters<typeof entry>[1][]) {
  return more.map((each, item) => packable(entry('x', each), item))
}

test('entries and their header come back as they went in', () => {
  const entries = packed(
    { score: -0.3, sources: ['b', 'a'], run: 'r1', model: 'ranker/1', expiresAt: 1_999 },
    { sources: [] },
    { sources: ['a', 'b'], run: 'r1' },
    { sources: ['b'], run: 'r1', model: 'ranker/1' },
  )
  const header = { name: 'ünï', count: 2 }
  assert.deepEqual(unpackEntries(packEntries(header, entries)), { header, entries })
})

test('an entry names as many sources as there are, in their order', () => {
  const sources = Array.from({ length: 70 }, (_, index) => `source${(index * 7) % 70}`)
  const { entries } = unpackEntries(packEntries({}, packed({ sources }, { sources: ['source1'] })))
  assert.deepEqual(
    entries.map((each) => each.sources),
    [sources, ['source1']],
  )
})

test('no entries are no entries', () => {
  assert.deepEqual(unpackEntries(packEntries({ empty: true }, [])), {
    header: { empty: true },
    entries: [],
  })
})

test('bytes are read wherever they lie in a larger buffer', () => {
  const bytes = packEntries({ n: 1 }, packed({ score: 5 }))
  const larger = new Uint8Array(bytes.length + 3)
  larger.set(bytes, 3)
  const { entries } = unpackEntries(larger.subarray(3))
  assert.equal(entries[0]!.score, 5)
})

test('a score of minus zero is zero, as it will be when it is read from the log', () => {
  assert.ok(Object.is(packable(entry('x', { score: -0 }), 0).score, 0))
})

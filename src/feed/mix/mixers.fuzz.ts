import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Ordinal } from '../../state/projections/projection.ts'
import { gather } from '../pipeline/candidate-table.ts'
import type { Order, Row } from '../pipeline/candidates.ts'
import type { Shares } from '../rules.ts'
import { blend } from './blend.ts'
import { exploreSlots } from './explore-slots.ts'
import { mixerSuite, mixQuery, ranked, sourceNames } from './mixer.suite.ts'
import { pin } from './pin.ts'
import { shelve } from './shelve.ts'
import { spread } from './spread.ts'

const groupOf = (item: Ordinal): number | undefined => (item % 4 === 3 ? undefined : item % 4)
const spreading = fc.record({
  groupOf: fc.constant(groupOf),
  countMax: fc.integer({ min: 1, max: 3 }),
  window: fc.integer({ min: 1, max: 6 }),
})
mixerSuite('spread', spreading.map(spread), [
  spread({ groupOf: () => undefined, countMax: 1, window: 5 }),
  spread({ groupOf, countMax: 3, window: 3 }),
])

test('spread keeps to its bound wherever the rows that wait allow it', () => {
  const property = fc.property(spreading, ranked, (options, { candidates, order }) => {
    const mixed = spread(options).mix(mixQuery(0), candidates, order)
    assert.equal(mixed.length, order.length)
    const group = (row: Row): number | undefined => groupOf(candidates.items[row]!)
    for (const [place, row] of mixed.entries()) {
      const before = mixed.slice(Math.max(0, place - options.window + 1), place).map(group)
      const mayStand = (each: Row): boolean =>
        group(each) === undefined ||
        before.filter((one) => one === group(each)).length < options.countMax
      const waiting = order.filter((each) => !mixed.slice(0, place).includes(each))
      // The first that may stand here; where none may, the first of all.
      assert.equal(row, waiting.find(mayStand) ?? waiting[0])
    }
  })
  fc.assert(property, { numRuns: 200 })
})

const share = fc.constantFrom(0, 0.05, 0.1, 0.2, 0.25, 1 / 3, 0.5, 0.8)
const shares: fc.Arbitrary<Shares> = fc.record({
  hot: share,
  new: share,
  explore: share,
  none: share,
})
mixerSuite(
  'blend',
  shares.map((each) => blend(() => each)),
  [blend(() => ({})), blend(() => ({ hot: 0, nobody: 0.5, new: -1 }))],
)

test('blend gives each source its share of every beginning, as long as it has anything', () => {
  const property = fc.property(shares, ranked, (shares, { candidates, order }) => {
    const mixed = blend(() => shares).mix(mixQuery(0), candidates, order)
    assert.equal(mixed.length, order.length)
    const sum = Math.max(
      1,
      Object.values(shares).reduce((total, each) => total + each, 0),
    )
    for (const source of sourceNames) {
      const ranks = candidates.rankBy(source)
      const all = order.filter((row) => ranks[row]! >= 0).length
      let count = 0
      for (const [place, row] of mixed.entries()) {
        if (ranks[row]! >= 0) count++
        const promised = Math.floor(((shares[source] ?? 0) / sum) * (place + 1) + 1e-9)
        assert.ok(count >= Math.min(all, promised), `${source}: ${count} of ${promised}`)
      }
    }
  })
  fc.assert(property, { numRuns: 500 })
})

test('the places that are shown keep the promises, however many there are', () => {
  const property = fc.property(
    shares,
    spreading,
    ranked,
    fc.nat(45),
    (shares, options, given, n) => {
      const { candidates, order } = given
      const query = mixQuery(0)
      // As the pipeline has them: what the first leaves behind must be there for the second.
      const kept = spread(options).mix(query, candidates, order, n)
      assert.deepEqual(kept.slice(0, n), spread(options).mix(query, candidates, order).slice(0, n))
      const mixed = blend(() => shares).mix(query, candidates, kept, n)
      const sum = Math.max(
        1,
        Object.values(shares).reduce((total, each) => total + each, 0),
      )
      for (const source of sourceNames) {
        const ranks = candidates.rankBy(source)
        const all = order.filter((row) => ranks[row]! >= 0).length
        const shown = mixed.slice(0, n)
        const count = shown.filter((row) => ranks[row]! >= 0).length
        const promised = Math.floor(((shares[source] ?? 0) / sum) * shown.length + 1e-9)
        assert.ok(count >= Math.min(all, promised), `${source}: ${count} of ${promised}`)
      }
    },
  )
  fc.assert(property, { numRuns: 300 })
})

test('blend leaves a ranking alone that grants the shares by itself', () => {
  const [hot, model] = [
    [0, 1, 2, 3],
    [4, 5, 6, 7],
  ]
  const candidates = gather(
    new Map([
      ['hot', hot!],
      ['model', model!],
    ]),
  )
  const order = [0, 4, 1, 5, 2, 6, 3, 7]
  const mixer = blend(() => ({ hot: 0.25 }))
  assert.deepEqual(mixer.mix(mixQuery(0), candidates, order), order)
  // And no more than the share is moved where it doesn't.
  const last = [4, 5, 6, 7, 0, 1, 2, 3]
  assert.deepEqual(mixer.mix(mixQuery(0), candidates, last), [4, 5, 6, 0, 7, 1, 2, 3])
})

test('blend keeps the order of all rows that no source brought up', () => {
  const property = fc.property(share, ranked, (hot, { candidates, order }) => {
    const mixed = blend(() => ({ hot })).mix(mixQuery(0), candidates, order)
    const ranks = candidates.rankBy('hot')
    for (const isHot of [true, false]) {
      const side = (row: Row): boolean => ranks[row]! >= 0 === isHot
      assert.deepEqual(mixed.filter(side), order.filter(side))
    }
  })
  fc.assert(property, { numRuns: 200 })
})

const ordinals = { of: (item: string) => (item === 'unknown' ? undefined : Number(item)) }
const pins = fc.array(
  fc.record({
    item: fc.oneof(fc.nat(45).map(String), fc.constant('unknown')),
    position: fc.nat(50),
  }),
  { maxLength: 6, size: 'max' },
)
mixerSuite(
  'pin',
  pins.map((each) => pin(ordinals, () => ({ home: each }))),
  [
    pin(ordinals, () => ({ elsewhere: [{ item: '1', position: 0 }] })),
    pin(ordinals, () => ({ home: [{ item: 'unknown', position: 0 }] })),
  ],
)

test('pins stand where they were wanted, and nothing else changes its order', () => {
  const property = fc.property(pins, ranked, (pins, { candidates, order }) => {
    const mixed = pin(ordinals, () => ({ home: pins })).mix(mixQuery(0), candidates, order)
    assert.equal(mixed.length, order.length)
    const names = mixed.map((row) => String(candidates.items[row]!))
    const pinned = new Set(pins.map(({ item }) => item))
    const isFree = (row: Row): boolean => !pinned.has(String(candidates.items[row]!))
    assert.deepEqual(mixed.filter(isFree), order.filter(isFree))
    for (const { item, position } of pins) {
      const clash = pins.filter((other) => other.position <= position || other.item === item)
      // There must be as many others to stand before it.
      const reachable = position <= mixed.filter(isFree).length
      if (clash.length === 1 && names.includes(item) && reachable) {
        assert.equal(names[position], item)
      }
    }
  })
  fc.assert(property, { numRuns: 300 })
})

mixerSuite(
  'explore-slots',
  fc.integer({ min: 1, max: 12 }).map((every) => exploreSlots({ source: 'explore', every })),
  [exploreSlots({ source: 'nobody', every: 2 })],
)

test('explore slots give one place of each run to chance, and say how likely each item was', () => {
  const property = fc.property(ranked, fc.integer({ min: 1, max: 8 }), (given, every) => {
    const { candidates, order, seed } = given
    const draws: [item: Ordinal, probability: number][] = []
    const drawn = (_: unknown, item: Ordinal, probability: number) => {
      draws.push([item, probability])
    }
    const mixer = exploreSlots({ source: 'explore', every, drawn })
    const mixed = mixer.mix(mixQuery(seed), candidates, order)
    assert.equal(mixed.length, order.length)
    const ranks = candidates.rankBy('explore')
    const pool = order.filter((row) => ranks[row]! >= 0)
    const runs = Math.floor(order.length / every)
    const items = mixed.map((row) => candidates.items[row]!)
    // All of the pool is spent early where it is small; else each whole run had its draw.
    const left = items
      .slice(runs * every)
      .some((_, place) => ranks[mixed[runs * every + place]!]! >= 0)
    if (left) assert.ok(draws.length >= runs)
    for (const [item, probability] of draws) {
      assert.ok(probability > 0 && probability <= 1)
      assert.ok(pool.some((row) => candidates.items[row] === item))
    }
    const rest = (row: Row): boolean => ranks[row]! < 0
    assert.deepEqual(mixed.filter(rest), order.filter(rest))
  })
  fc.assert(property, { numRuns: 300 })
})

test('explore slots draw all items equally often, and say how likely each draw was', () => {
  const items = [0, 1, 2, 3, 4]
  const candidates = gather(new Map([['explore', items]]))
  const first = new Map<Ordinal, number>()
  for (let seed = 0; seed < 3_000; seed++) {
    const told: number[] = []
    const drawn = (_: unknown, _item: Ordinal, probability: number) => {
      told.push(probability)
    }
    const mixer = exploreSlots({ source: 'explore', every: 1, drawn })
    const mixed = mixer.mix(mixQuery(seed), candidates, items)
    first.set(mixed[0]!, (first.get(mixed[0]!) ?? 0) + 1)
    assert.deepEqual(told, [1 / 5, 1 / 4, 1 / 3, 1 / 2, 1])
  }
  // 600 each; five standard deviations are 110.
  for (const [item, count] of first) assert.ok(Math.abs(count - 600) < 110, `${item}: ${count}`)
})

const usual = { name: 'usual', absent: 0 }
const asItStands = { name: 'as it stands', mix: (_: unknown, __: unknown, order: Order) => order }
const shelving = (count: number, size: number) =>
  shelve({ count, size, usual, variety: asItStands, tags: () => undefined, liked: () => [] })
mixerSuite(
  'shelve',
  fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 20 }))
    .map(([count, size]) => shelving(count, size)),
  [shelving(1, 40), shelving(9, 40)],
)

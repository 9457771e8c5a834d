import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attributeSignal, loadAttribute } from './attribute-signal.ts'
import { demandOf, demandSignal, loadDemand } from './demand-signal.ts'
import { loadRelation, relationOf, relationSignal, turned } from './relation-signal.ts'

const all = Uint32Array.of(0, 1, 2, 3)
const moment = (past: readonly number[], at = 0) => ({
  past: Uint32Array.from(past),
  times: new Float64Array(past.length),
  at,
})
const lists = [[1, 2], [3], [3, 0], []].map((list) => Uint32Array.from(list))
const named = relationOf(lists)

function close(actual: Float32Array, expected: readonly number[]): void {
  assert.equal(actual.length, expected.length)
  for (const [place, value] of expected.entries()) {
    assert.ok(Math.abs(actual[place]! - value) < 1e-6, `${place}: ${actual[place]}, not ${value}`)
  }
}

test('an item is named the louder the later what names it was met', () => {
  const signal = relationSignal(named, { memory: 2, decay: 0.5, steps: 1 })
  close(signal.of(moment([2, 1, 0]), all), [0, 1, 1, 0.5].map(Math.log1p))
  // Asked of some alone, it tells of those, and nothing is left of who was asked for before.
  close(signal.of(moment([1]), Uint32Array.of(3, 0)), [Math.log1p(1), 0])
})

test('asked the other way, an item tells who names it', () => {
  const signal = relationSignal(turned(named), { memory: 5, decay: 1, steps: 1 })
  close(signal.of(moment([3]), all), [0, 1, 1, 0].map(Math.log1p))
})

test('two steps on is what the named ones name, less where lists are long', () => {
  const signal = relationSignal(named, { memory: 5, decay: 1, steps: 2 })
  const [long, short] = [1 / Math.sqrt(2 * 2), 1 / Math.sqrt(2 * 1)]
  // 0 names 1, which names 3; and 2, which names 3 and 0.
  close(
    signal.of(moment([0]), all),
    [long, 0, 0, long + short].map((value) => Math.log1p(20 * value)),
  )
})

test('a relation must name items of its catalogue', () => {
  assert.throws(() => relationOf([Uint32Array.of(1)]), {
    code: 'invalid_argument',
    message: '[invalid_argument] lists name 1: must be < 1',
  })
})

test('items like what was met last are told, and those of no attribute are like nothing', () => {
  const signal = attributeSignal(Uint32Array.of(2, 0, 2, 5), { memory: 3, decay: 0.5 })
  close(signal.of(moment([3, 1, 2]), all), [1, 0, 1, 0.25].map(Math.log1p))
  close(loadAttribute(signal.save()).of(moment([0]), all), [1, 0, 1, 0].map(Math.log1p))
  assert.throws(() => attributeSignal(new Uint32Array(1), { memory: 0, decay: 1 }), {
    message: '[invalid_argument] memory 0 must be a whole number >= 1 and <= 1000',
  })
})

// Times of nine and of ten digits: as text the older would come last.
const [early, late] = [999_999_990, 1_000_000_010]
const items = Uint32Array.of(0, 1, 0, 0)
const demand = demandOf(items, Float64Array.of(late, late, early, late + 10), 3)

test('demand is counted by what was known at the moment, in the order of numbers', () => {
  const count = (seconds: number, at: number) =>
    demandSignal(demand, { measure: 'count', seconds }).of(moment([], at), Uint32Array.of(0, 1, 2))
  close(count(1e12, late + 5), [2, 1, 0].map(Math.log1p))
  close(count(1e12, late + 20), [3, 1, 0].map(Math.log1p))
  close(count(15, late + 20), [1, 0, 0].map(Math.log1p))
  // What is met at the moment itself is not known yet.
  close(count(1e12, late), [1, 0, 0].map(Math.log1p))
})

test('how long ago an item was met last, or first', () => {
  const since = (measure: 'since-last' | 'since-first') =>
    demandSignal(demand, { measure }).of(moment([], late + 5), Uint32Array.of(0, 2))
  close(since('since-last'), [Math.log1p(5), Math.log1p(1e9)])
  close(since('since-first'), [Math.log1p(late + 5 - early), Math.log1p(1e9)])
})

test('signals say the same after they were saved and loaded', () => {
  const relation = relationSignal(named, { memory: 2, decay: 0.5, steps: 2 })
  const loaded = loadRelation(relation.save())
  assert.deepEqual(loaded.of(moment([2, 1, 0]), all), relation.of(moment([2, 1, 0]), all))
  for (const what of [{ measure: 'count', seconds: 20 }, { measure: 'since-first' }] as const) {
    const signal = demandSignal(demand, what)
    const again = loadDemand(signal.save())
    assert.deepEqual(again.save(), signal.save())
    const some = Uint32Array.of(0, 1, 2)
    assert.deepEqual(again.of(moment([], late + 20), some), signal.of(moment([], late + 20), some))
  }
})

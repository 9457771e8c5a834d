import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../random.ts'
import { openArena } from '../wasm/arena.ts'
import { searchKernels } from '../wasm/search-kernels.ts'
import { learnedCentres, learningBytes } from './learned-centres.ts'

const wide = 8

/** Centres of these directions, learned in an arena that holds what learning says it takes. */
function learned(rows: readonly Float32Array[], listCount: number): Float32Array {
  const arena = openArena({ sizeBytes: learningBytes(rows.length, listCount, wide) })
  return learnedCentres({
    ...{ arena, kernels: searchKernels(arena), wide, listCount, random: seededRandom('centres') },
    rows: [...rows.keys()],
    direct: (row, into, place) => into.set(rows[row]!, place * wide),
  }).slice()
}

function direction(numbers: readonly number[]): Float32Array {
  const length = Math.hypot(...numbers)
  return Float32Array.from(numbers, (number) => number / length)
}

function around(count: number, share: (row: number) => number): readonly Float32Array[] {
  const random = seededRandom('rows')
  const normal = (): number => random.next() + random.next() + random.next() - 1.5
  const middles = Array.from({ length: 32 }, () => Array.from({ length: wide }, normal))
  return Array.from({ length: count }, (_, row) =>
    direction(middles[share(row)]!.map((number) => number + 0.05 * normal())),
  )
}

const dot = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, value, k) => sum + value * other[k]!, 0)

function nearest(row: Float32Array, centres: Float32Array): number {
  let most = Number.NEGATIVE_INFINITY
  for (let at = 0; at < centres.length; at += wide) {
    most = Math.max(most, dot(row, centres.subarray(at, at + wide)))
  }
  return most
}

test('every row has a centre near it, whatever group it was in', () => {
  const rows = around(4_000, (row) => row % 32)
  const centres = learned(rows, 128)
  assert.equal(centres.length, 128 * wide)
  for (let at = 0; at < centres.length; at += wide) {
    assert.ok(Math.abs(Math.hypot(...centres.subarray(at, at + wide)) - 1) < 1e-5)
  }
  assert.ok(Math.min(...rows.map((row) => nearest(row, centres))) > 0.97)
})

test('however uneven groups are, as many centres are learned as were asked for', () => {
  for (const every of [2, 20, 500]) {
    const rows = around(4_000, (row) => (row % every === 0 ? 1 + ((row / every) % 31) : 0))
    const centres = learned(rows, 128)
    assert.equal(centres.length, 128 * wide)
    for (let at = 0; at < centres.length; at += wide) {
      assert.ok(Math.abs(Math.hypot(...centres.subarray(at, at + wide)) - 1) < 1e-5)
    }
    const dense = rows.filter((_, row) => row % every !== 0)
    assert.ok(Math.min(...dense.map((row) => nearest(row, centres))) > 0.97)
  }
})

test('rows that are all the same, fewer than centres, or zeros have centres too', () => {
  const same = direction([1, 2, 3, 4, 5, 6, 7, 8])
  for (const rows of [new Array(3_000).fill(same), [same], [same, same, same]]) {
    const centres = learned(rows, 64)
    assert.equal(centres.length, 64 * wide)
    assert.ok(Math.abs(nearest(same, centres) - 1) < 1e-5)
  }
  const zeros = learned([new Float32Array(wide), new Float32Array(wide)], 8)
  assert.deepEqual([...zeros], new Array(8 * wide).fill(0))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sequencesOf } from '../../sequences.ts'
import { demandIn, fading, wasLast, wasMet } from './item-signal.ts'

const rows = sequencesOf([[0, 1, 1], [2], [1, 3], [3]], 5)
const all = Uint32Array.of(0, 1, 2, 3, 4)
const nobody = new Uint32Array()

test('demand is counted in the newest rows', () => {
  const logs = (counts: readonly number[]) => Float32Array.from(counts, Math.log1p)
  assert.deepEqual(demandIn(rows, 100)(nobody, all), logs([1, 3, 1, 2, 0]))
  assert.deepEqual(demandIn(rows, 2)(nobody, all), logs([0, 1, 0, 2, 0]))
  assert.deepEqual(demandIn(rows, 2)(nobody, Uint32Array.of(3, 1)), logs([2, 1]))
})

test('what was met, and met last', () => {
  const past = Uint32Array.of(4, 1, 4, 2)
  assert.deepEqual(wasMet(past, all), Float32Array.of(0, 1, 1, 0, 1))
  assert.deepEqual(wasLast(past, all), Float32Array.of(0, 0, 1, 0, 0))
  assert.deepEqual(wasLast(nobody, all), new Float32Array(5))
})

test('each meeting counts less than the one after it', () => {
  const floor = 0.01
  const shares = [0, 0.5, 1, 0, 0.25 + 0.125].map((share) => share / 1.875)
  const found = fading(0.5, floor)(Uint32Array.of(4, 4, 1, 2), all)
  for (const [item, share] of shares.entries())
    assert.ok(Math.abs(found[item]! - Math.log(share + floor)) < 1e-6, `${item}`)
  assert.deepEqual(fading(0.5, floor)(nobody, all), new Float32Array(5).fill(Math.log(floor)))
})

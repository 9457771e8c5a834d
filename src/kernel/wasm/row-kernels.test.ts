import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openArena } from './arena.ts'
import { rowKernels } from './row-kernels.ts'

const arena = openArena({ sizeBytes: 1 << 16 })
const kernels = rowKernels(arena)

function idsOf(...ids: number[]): Uint32Array {
  const placed = arena.uint32(ids.length)
  placed.set(ids)
  return placed
}

test('an id out of range is refused by its place, and nothing is touched for it', () => {
  const table = { values: arena.float32(12), width: 4 }
  const behind = arena.float32(8)
  const message = /ids\[1\] 3 must be < 3/
  const rows = arena.float32(8).fill(1)
  assert.throws(() => kernels.gather(table, idsOf(2, 3), arena.float32(8)), message)
  assert.throws(() => kernels.scatterAdd(table, { ids: idsOf(2, 3), rows }), message)
  const slots = arena.uint32(3)
  assert.throws(() => kernels.coalesce({ ids: idsOf(2, 3), rows }, 4, slots), message)
  assert.ok(slots.every((slot) => slot === 0))
  assert.ok(behind.every((value) => value === 0))
})

test('lengths that do not fit together are refused, and so are arrays of elsewhere', () => {
  const three = arena.float32(3)
  const four = arena.float32(4)
  const code = (expected: string) => ({ code: expected })
  assert.throws(() => kernels.dot(three, four), /right holds 4 numbers where there must be 3/)
  assert.throws(() => kernels.axpy(1, three, four), code('invalid_argument'))
  const table = { values: four, width: 3 }
  assert.throws(() => kernels.gather(table, idsOf(0), three), /width 3 must divide the 4 values/)
  assert.throws(() => kernels.dot(new Float32Array(3), three), code('internal'))
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openArena } from './arena.ts'

test('arrays lie apart from each other, each where a line of the cache begins', () => {
  const arena = openArena({ sizeBytes: 1_000 })
  const arrays = [arena.uint8(3), arena.float32(5), arena.float64(2), arena.uint32(1)]
  const places = arrays.map((array) => arena.addressOf(array))
  assert.ok(places.every((place) => place % 64 === 0 && place > 0))
  assert.equal(new Set(places).size, 4)
  assert.equal(arena.usedBytes, 4 * 64)
})

test('what was given back is laid again', () => {
  const arena = openArena({ sizeBytes: 1_000 })
  arena.float32(8)
  const mark = arena.mark()
  const first = arena.float32(8).fill(3)
  arena.release(mark)
  const again = arena.float32(8)
  assert.equal(again.byteOffset, first.byteOffset)
  assert.equal(again[0], 3)
})

test('more than was asked for is refused, and so is more than there can be', () => {
  const arena = openArena({ sizeBytes: 60_000 })
  const code = { code: 'resource_exhausted' }
  arena.float32(15_000)
  assert.throws(() => arena.float64(1_000_000), code)
  assert.throws(() => arena.float32(Number.NaN), code)
  assert.throws(() => openArena({ sizeBytes: 5e9 }), code)
  assert.throws(() => openArena({ sizeBytes: Number.NaN }), code)
})

test('a shared arena is shared, another is not', () => {
  assert.ok(openArena({ sizeBytes: 1, isShared: true }).memory.buffer instanceof SharedArrayBuffer)
  assert.ok(openArena({ sizeBytes: 1 }).memory.buffer instanceof ArrayBuffer)
})

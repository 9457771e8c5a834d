import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulatedMedium } from '../medium/simulated-medium.ts'
import { markBytes, markFollows, writeMark } from './mark.ts'

const size = 100_000

async function fileWithMark(start: number, position: number) {
  const medium = simulatedMedium()
  const bytes = Buffer.alloc(size, 'some other bytes')
  writeMark(bytes, start, { position, offset: 7 })
  medium.put('/file', bytes)
  return medium.open('/file', 'r')
}

test('a mark is found wherever it lies, also across the blocks that are read', async () => {
  const starts = [100, 101, size - markBytes]
  // Around the end of the first block of 64 KiB, which begins at byte 100.
  for (let start = 2 ** 16 - markBytes - 2; start < 2 ** 16 + 102; start++) starts.push(start)
  for (const start of starts) {
    assert.ok(await markFollows(await fileWithMark(start, start), 100), `at ${start}`)
  }
})

test('only a whole mark behind the position counts, and only where it belongs', async () => {
  assert.equal(await markFollows(await fileWithMark(500, 500), 501), false)
  assert.equal(await markFollows(await fileWithMark(500, 499), 100), false)
})

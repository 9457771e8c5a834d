import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  damaged,
  frameEnd,
  frameFlags,
  frameHeadBytes,
  incomplete,
  lastOfAppend,
  sealFrame,
} from './frame.ts'
import { readMark, writeMark } from './mark.ts'

function frame(payload: string, flags: number): Buffer {
  const bytes = Buffer.alloc(frameHeadBytes + payload.length)
  bytes.write(payload, frameHeadBytes)
  sealFrame(bytes, 0, bytes.length, flags)
  return bytes
}

test('a frame has these bytes, in this and every later release', () => {
  assert.equal(frame('{}', lastOfAppend).toString('hex'), 'dc094ee902000000017b7d')
})

test('a mark has these bytes, in this and every later release', () => {
  const bytes = Buffer.alloc(21)
  writeMark(bytes, 0, { position: 28, offset: 2 ** 40 })
  assert.equal(bytes.toString('hex'), '91635be20c000000041c0000000000000000000001')
  assert.deepEqual(readMark(bytes, 0), { position: 28, offset: 2 ** 40 })
})

test('every single flipped bit is noticed', () => {
  const bytes = frame('{"id":"e1"}', lastOfAppend)
  assert.equal(frameEnd(bytes, 0, bytes.length), bytes.length)
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes)
    flipped[bit >> 3] = flipped[bit >> 3]! ^ (1 << (bit & 7))
    assert.ok([incomplete, damaged].includes(frameEnd(flipped, 0, flipped.length)), `bit ${bit}`)
  }
})

test('a frame of which a part is missing is incomplete', () => {
  const bytes = frame('{"id":"e1"}', 0)
  for (let limit = 0; limit < bytes.length; limit++) {
    assert.equal(frameEnd(bytes, 0, limit), incomplete)
  }
  assert.equal(frameFlags(bytes, 0), 0)
})

test('zeros are no frame', () => {
  assert.equal(frameEnd(Buffer.alloc(100), 0, 100), damaged)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seededRandom } from '../../../kernel/random.ts'
import { crc32 } from './crc32.ts'

/** The definition, a bit at a time. */
function bitwise(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return (crc ^ 0xffffffff) >>> 0
}

test('the checksum of the catalogue of CRC algorithms', () => {
  assert.equal(crc32(Buffer.from('123456789')), 0xcbf43926)
  assert.equal(crc32(Buffer.alloc(0)), 0)
})

test('every length and alignment agrees with the definition', () => {
  const random = seededRandom('crc32')
  const bytes = Buffer.from(Array.from({ length: 80 }, () => random.below(256)))
  for (let start = 0; start < 12; start++) {
    for (let end = start; end <= bytes.length; end++) {
      assert.equal(crc32(bytes, start, end), bitwise(bytes.subarray(start, end)))
    }
  }
})

test('zeros have a checksum that is not zero, so an unwritten block is no frame', () => {
  assert.notEqual(crc32(Buffer.alloc(5)), 0)
})

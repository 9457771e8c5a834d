/**
 * CRC-32 as Ethernet and zlib compute it (IEEE 802.3, reflected polynomial 0xEDB88320), of
 * `bytes[start, end)`, as an unsigned number. Eight bytes a step by eight tables (slicing-by-8,
 * Kounavis and Berry, ISCC 2005). Ours because `zlib.crc32` exists only from Node 22.2 on.
 */
export function crc32(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let crc = -1
  let at = start
  // The bound keeps every index below inside both arrays, hence the assertions.
  for (const lastStep = end - 8; at <= lastStep; at += 8) {
    crc ^= bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
    crc =
      tables[1792 + (crc & 255)]! ^
      tables[1536 + ((crc >>> 8) & 255)]! ^
      tables[1280 + ((crc >>> 16) & 255)]! ^
      tables[1024 + (crc >>> 24)]! ^
      tables[768 + bytes[at + 4]!]! ^
      tables[512 + bytes[at + 5]!]! ^
      tables[256 + bytes[at + 6]!]! ^
      tables[bytes[at + 7]!]!
  }
  for (; at < end; at++) crc = (crc >>> 8) ^ tables[(crc ^ bytes[at]!) & 255]!
  return (crc ^ -1) >>> 0
}

/** Table n, at n * 256, holds what a byte does to the checksum n bytes later. */
const tables = fillTables()

function fillTables(): Int32Array {
  const filled = new Int32Array(8 * 256)
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
    filled[byte] = crc
  }
  for (let index = 256; index < filled.length; index++) {
    const before = filled[index - 256]!
    filled[index] = (before >>> 8) ^ filled[before & 255]!
  }
  return filled
}

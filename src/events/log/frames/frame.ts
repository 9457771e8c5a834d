import { crc32 } from './crc32.ts'

/**
 * A segment file is a header and then frames, back to back:
 *
 *     crc32 (4)  length of payload (4)  flags (1)  payload (length)        little endian
 *
 * The checksum covers everything after itself. A frame is a record (the JSON of one event), an
 * erased record (no payload), or a mark.
 */
export const frameHeadBytes = 9

/** The record ends its append: recovery keeps what lies up to here, and nothing of a part. */
export const lastOfAppend = 1

/** The record's place is kept, its content is gone. */
export const erasedRecord = 2

/**
 * No record: a statement that all bytes before it were durable when it was written. So damage
 * before a mark is data loss, and damage behind the last mark may be a torn write.
 */
export const markFrame = 4

/** What one event may take. Without a bound, a damaged length could ask for any memory. */
export const maxPayloadBytes = 16 * 1024 * 1024

/** Writes the head of the frame that begins at `start` and whose payload already ends at `end`. */
export function sealFrame(bytes: Buffer, start: number, end: number, flags: number): void {
  bytes.writeUInt32LE(end - start - frameHeadBytes, start + 4)
  bytes[start + 8] = flags
  bytes.writeUInt32LE(crc32(bytes, start + 4, end), start)
}

/** `frameEnd` of a frame of which a part lies behind the limit. */
export const incomplete = 0

/** `frameEnd` of a frame that cannot be, or does not match its checksum. */
export const damaged = -1

/** Where the frame at `start` ends, when all of it lies before `limit` and its checksum matches. */
export function frameEnd(bytes: Buffer, start: number, limit: number): number {
  if (start + frameHeadBytes > limit) return incomplete
  const length = bytes.readUInt32LE(start + 4)
  if (length > maxPayloadBytes) return damaged
  const end = start + frameHeadBytes + length
  if (end > limit) return incomplete
  return crc32(bytes, start + 4, end) === bytes.readUInt32LE(start) ? end : damaged
}

export function frameFlags(bytes: Buffer, start: number): number {
  return bytes[start + 8] ?? 0
}

import { StarlingError } from '../../../error.ts'
import type { Offset } from '../event-log.ts'
import { crc32 } from '../frames/crc32.ts'
import { dataLoss } from '../medium/failure.ts'
import type { OpenFile } from '../medium/medium.ts'

/** What the first bytes of a segment file say. */
export interface SegmentHeader {
  /** The offset of its first record. */
  readonly first: Offset
  /** How many times the file was written anew by an erase. */
  readonly generation: number
}

//     "starling" (8)  version (4)  first offset (8)  generation (4)  crc32 (4)      little endian
const magic = 'starling'
const version = 1

export const segmentHeaderBytes = 28

export function encodeHeader(header: SegmentHeader): Buffer {
  const bytes = Buffer.alloc(segmentHeaderBytes)
  bytes.write(magic, 'latin1')
  bytes.writeUInt32LE(version, 8)
  bytes.writeBigUInt64LE(BigInt(header.first), 12)
  bytes.writeUInt32LE(header.generation, 20)
  bytes.writeUInt32LE(crc32(bytes, 0, 24), 24)
  return bytes
}

/**
 * Reads and checks the header. Rejects with `data_loss` where it is not that of the segment which
 * begins at `first`, and with `failed_precondition` where a newer program wrote it.
 */
export async function readHeader(
  file: OpenFile,
  path: string,
  first: Offset,
): Promise<SegmentHeader> {
  const bytes = Buffer.alloc(segmentHeaderBytes)
  for (let filled = 0; filled < bytes.length; ) {
    const got = await file.read(bytes, filled, filled)
    if (got === 0) throw dataLoss(path, filled, 'the file ends within its header')
    filled += got
  }
  if (bytes.toString('latin1', 0, 8) !== magic)
    throw dataLoss(path, 0, 'this is no segment of a log')
  if (crc32(bytes, 0, 24) !== bytes.readUInt32LE(24)) {
    throw dataLoss(path, 0, 'the header does not match its checksum')
  }
  const found = bytes.readUInt32LE(8)
  if (found !== version) {
    const message = `${path} has format ${found}; this program reads format ${version}`
    throw new StarlingError('failed_precondition', message)
  }
  const named = Number(bytes.readBigUInt64LE(12))
  if (named !== first) throw dataLoss(path, 12, `the header says offset ${named}, not ${first}`)
  return { first, generation: bytes.readUInt32LE(20) }
}

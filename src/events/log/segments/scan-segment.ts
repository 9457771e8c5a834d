import type { StarlingError } from '../../../error.ts'
import type { Offset } from '../event-log.ts'
import { frameFlags, frameHeadBytes, lastOfAppend } from '../frames/frame.ts'
import { type FrameChunk, frameChunks } from '../frames/frame-chunks.ts'
import { markFollows, readMark } from '../frames/mark.ts'
import { dataLoss } from '../medium/failure.ts'
import type { OpenFile } from '../medium/medium.ts'
import type { Segment } from './segment.ts'
import type { SparseIndex } from './sparse-index.ts'

/** How far a segment file holds whole appends. */
export interface Extent {
  /** The offset after the last record of the last whole append. */
  readonly end: Offset
  /** Where that record, or a mark behind it, ends. What follows is the rest of a torn write. */
  readonly sizeBytes: number
  /** True where a mark says that all of it is known to be durable. */
  readonly marked: boolean
}

/**
 * Finds out how far the segment goes. Rejects with `data_loss` where a frame is damaged that a
 * later mark says was durable; damage behind the last mark is the tail of a torn write.
 */
export async function scanSegment(
  segment: Segment,
  file: OpenFile,
  index: SparseIndex,
): Promise<Extent> {
  const start = index.before(segment.first)
  const extent = { end: segment.first, sizeBytes: start.position, marked: true }
  const scan: Scan = { ...start, extent }
  for (let stuckAt = -1; ; stuckAt = scan.position) {
    if (await scanFrames(segment, file, index, scan)) return scan.extent
    if (!(await markFollows(file, scan.position))) return scan.extent
    // Another process may have been writing just here when it was read; but what a mark vouches
    // for was written before the mark, and so is there when it is read once more.
    if (scan.position === stuckAt) throw lost(segment, scan.position)
  }
}

interface Scan {
  offset: Offset
  position: number
  extent: Extent
}

/** Moves the scan on to where whole frames end. Resolves with true where the file ends there. */
async function scanFrames(
  segment: Segment,
  file: OpenFile,
  index: SparseIndex,
  scan: Scan,
): Promise<boolean> {
  for await (const chunk of frameChunks(file, scan.position, segment.sizeBytes)) {
    index.note(scan)
    scanChunk(segment, chunk, scan)
    if (chunk.stop !== undefined) return chunk.stop === 'end'
  }
  return true
}

function scanChunk(segment: Segment, { bytes, end }: FrameChunk, scan: Scan): void {
  for (let at = 0; at < end; ) {
    const mark = readMark(bytes, at)
    if (mark === undefined) scan.offset++
    else {
      const placed = mark.position === scan.position && mark.offset === scan.offset
      // An append that was under way cannot have been durable, which is what a mark says.
      if (!placed || scan.extent.end !== scan.offset) throw lost(segment, scan.position)
    }
    const length = frameHeadBytes + bytes.readUInt32LE(at + 4)
    const whole = mark !== undefined || (frameFlags(bytes, at) & lastOfAppend) !== 0
    at += length
    scan.position += length
    if (whole) {
      scan.extent = { end: scan.offset, sizeBytes: scan.position, marked: mark !== undefined }
    }
  }
}

function lost(segment: Segment, position: number): StarlingError {
  return dataLoss(segment.path, position, 'records that were durable are gone or damaged')
}

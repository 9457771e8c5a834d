import type { Event } from '../../event.ts'
import type { Offset } from '../event-log.ts'
import {
  erasedRecord,
  frameFlags,
  frameHeadBytes,
  lastOfAppend,
  sealFrame,
} from '../frames/frame.ts'
import { type FrameChunk, frameChunks } from '../frames/frame-chunks.ts'
import { readMark } from '../frames/mark.ts'
import { dataLoss } from '../medium/failure.ts'
import { type OpenFile, writeAll } from '../medium/medium.ts'
import { readSegments } from './read-segments.ts'
import { openToRead, placeFile, type Segment, type Segments } from './segment.ts'
import { encodeHeader, segmentHeaderBytes } from './segment-header.ts'

/** The offsets in [from, to) whose events `erase` names. */
export async function findDoomed(
  segments: Segments,
  from: Offset,
  to: Offset,
  erase: (event: Event) => boolean,
): Promise<ReadonlySet<Offset>> {
  const doomed = new Set<Offset>()
  for await (const batch of readSegments(segments, from, to, Number.POSITIVE_INFINITY)) {
    for (const { offset, event } of batch) {
      if (event !== undefined && erase(event)) doomed.add(offset)
    }
  }
  return doomed
}

/**
 * Writes a segment anew, the doomed records empty, and puts it in the place of the old file. The
 * segment must be one that is no longer written to. Who reads the old file goes on reading it.
 */
export async function rewriteSegment(
  segments: Segments,
  segment: Segment,
  doomed: ReadonlySet<Offset>,
): Promise<void> {
  const { medium } = segments
  const { file, index } = await openToRead(medium, segment)
  let sizeBytes = segmentHeaderBytes
  try {
    await placeFile(medium, segment.path, async (copy) => {
      const header = { first: segment.first, generation: index.generation + 1 }
      await writeAll(copy, encodeHeader(header), 0)
      sizeBytes = await copyFrames(segment, file, copy, doomed)
    })
  } finally {
    await file.close()
  }
  segment.sizeBytes = sizeBytes
  await medium.syncFolder(segments.folder)
}

/** Copies all records behind the header. Resolves with where the copy ends. */
async function copyFrames(
  segment: Segment,
  file: OpenFile,
  copy: OpenFile,
  doomed: ReadonlySet<Offset>,
): Promise<number> {
  let position = segmentHeaderBytes
  let offset = segment.first
  for await (const chunk of frameChunks(file, position, segment.sizeBytes)) {
    const [kept, next] = copyChunk(chunk, offset, doomed)
    await writeAll(copy, kept, position)
    position += kept.length
    offset = next
    if (offset === segment.end) return position
    if (chunk.stop !== undefined) {
      const message = `offset ${offset} is missing or damaged`
      throw dataLoss(segment.path, chunk.position + chunk.end, message)
    }
  }
  return position
}

function copyChunk(
  { bytes, end }: FrameChunk,
  offset: Offset,
  doomed: ReadonlySet<Offset>,
): [kept: Buffer, next: Offset] {
  const kept = Buffer.allocUnsafe(end)
  let used = 0
  for (let at = 0; at < end; ) {
    const start = at
    at += frameHeadBytes + bytes.readUInt32LE(start + 4)
    // A mark names its own place, which would no longer be true, and nobody asks here any more.
    if (readMark(bytes, start)) continue
    if (doomed.has(offset)) {
      const flags = (frameFlags(bytes, start) & lastOfAppend) | erasedRecord
      sealFrame(kept, used, used + frameHeadBytes, flags)
      used += frameHeadBytes
    } else used += bytes.copy(kept, used, start, at)
    offset++
  }
  return [kept.subarray(0, used), offset]
}

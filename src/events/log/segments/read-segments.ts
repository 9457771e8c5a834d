import { StarlingError } from '../../../error.ts'
import type { LoggedEvent, Offset } from '../event-log.ts'
import { decodeFrames } from '../frames/decode-frames.ts'
import { type FrameChunk, frameChunks } from '../frames/frame-chunks.ts'
import { dataLoss, systemCode } from '../medium/failure.ts'
import { openToRead, type Segment, type Segments } from './segment.ts'

/**
 * Yields the records [from, to) in batches of at most `batchEvents`, and of the bytes of one chunk.
 * `to` must not lie beyond what is durable. Each segment is read in the form it has when it is
 * opened: an erase or trim that comes later does not disturb it.
 */
export async function* readSegments(
  segments: Segments,
  from: Offset,
  to: Offset,
  batchEvents: number,
): AsyncGenerator<readonly LoggedEvent[]> {
  for (let next = from; next < to; ) {
    const segment = segments.list.findLast((candidate) => candidate.first <= next)
    if (segment === undefined) throw trimmed(segments, next)
    const until = Math.min(to, segment.end)
    try {
      yield* readSegment(segments, segment, next, until, batchEvents)
    } catch (error) {
      // The file goes before its name leaves the list, and in another process no list changes.
      if (systemCode(error) === 'ENOENT') throw trimmed(segments, next, error)
      throw error
    }
    next = until
  }
}

function trimmed(segments: Segments, offset: Offset, cause?: unknown): StarlingError {
  const message = `offset ${offset} is no longer kept in ${segments.folder}`
  return new StarlingError('data_loss', message, { cause })
}

async function* readSegment(
  segments: Segments,
  segment: Segment,
  from: Offset,
  to: Offset,
  batchEvents: number,
): AsyncGenerator<readonly LoggedEvent[]> {
  const { file, index } = await openToRead(segments.medium, segment)
  try {
    const start = index.before(from)
    let next = start.offset
    const expectedBytes = segment.sizeBytes - start.position
    for await (const chunk of frameChunks(file, start.position, expectedBytes)) {
      index.note({ offset: next, position: chunk.position })
      for (let at = 0; at < chunk.end && next < to; ) {
        const batch: LoggedEvent[] = []
        ;[at, next] = decodeFrames(chunk, at, next, { from, to, batchEvents }, batch)
        if (batch.length > 0) yield batch
      }
      if (next >= to) return
      if (chunk.stop !== undefined) throw unreadable(segment, chunk, next)
    }
  } finally {
    await file.close()
  }
}

function unreadable(segment: Segment, chunk: FrameChunk, next: Offset): StarlingError {
  const place = chunk.position + chunk.end
  if (chunk.stop === 'damaged') {
    return dataLoss(segment.path, place, `offset ${next} does not match its checksum`)
  }
  return dataLoss(segment.path, place, `the file ends before offset ${next}, which was durable`)
}

import type { LoggedEvent, Offset } from '../event-log.ts'
import { eventOf } from '../event-text.ts'
import { erasedRecord, frameFlags, frameHeadBytes, markFrame } from './frame.ts'
import type { FrameChunk } from './frame-chunks.ts'

/**
 * Decodes frames of the chunk from `at` on, the first record of which has the offset `next`, until
 * the batch is full or the frames or the wanted offsets end. Returns where it stopped.
 */
export function decodeFrames(
  chunk: Pick<FrameChunk, 'bytes' | 'end'>,
  at: number,
  next: Offset,
  wanted: { from: Offset; to: Offset; batchEvents: number },
  batch: LoggedEvent[],
): [at: number, next: Offset] {
  const { bytes } = chunk
  while (at < chunk.end && next < wanted.to && batch.length < wanted.batchEvents) {
    const flags = frameFlags(bytes, at)
    const payload = at + frameHeadBytes
    at = payload + bytes.readUInt32LE(at + 4)
    if ((flags & markFrame) !== 0) continue
    if (next >= wanted.from) {
      const erased = (flags & erasedRecord) !== 0
      const event = erased ? undefined : eventOf(bytes.toString('utf8', payload, at))
      batch.push({ offset: next, event })
    }
    next++
  }
  return [at, next]
}

import type { OpenFile } from '../medium/medium.ts'
import { damaged, frameEnd } from './frame.ts'

/** A run of whole frames whose checksums match, in `bytes[0, end)`. */
export interface FrameChunk {
  readonly bytes: Buffer
  readonly end: number
  /** Where in the file the run begins. */
  readonly position: number
  /**
   * Why no more frames follow: the file ends here, it ends within a frame, or what follows does
   * not match its checksum. `undefined` on all chunks but the last.
   */
  readonly stop: 'end' | 'torn' | 'damaged' | undefined
}

/**
 * What is read at once. About a thousand events, so that decoding them holds the thread for a few
 * milliseconds only before the next read lets others run.
 */
const chunkBytes = 256 * 1024

/** A follower reads a few events at a time, and should not pay for a large buffer each time. */
const leastBytes = 4 * 1024

/**
 * Reads the frames of a file from `position`, which is where one begins. The bytes of a chunk are
 * valid until the next is asked for. `expectedBytes` is a guess of how much will be read.
 */
export async function* frameChunks(
  file: OpenFile,
  position: number,
  expectedBytes: number,
): AsyncGenerator<FrameChunk> {
  let bytes = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(leastBytes, expectedBytes)))
  let filled = 0
  let at = position
  for (;;) {
    const got = await file.read(bytes, filled, at + filled)
    filled += got
    let end = 0
    let next = frameEnd(bytes, end, filled)
    for (; next > 0; next = frameEnd(bytes, end, filled)) end = next
    const stop = next === damaged ? 'damaged' : got > 0 ? undefined : filled > end ? 'torn' : 'end'
    if (end > 0 || stop !== undefined) yield { bytes, end, position: at, stop }
    if (stop !== undefined) return
    const rest = bytes.subarray(end, filled)
    // A frame that fills the whole buffer needs a larger one; the bound is that of a payload.
    const room = rest.length === bytes.length ? bytes.length * 2 : bytes.length
    if (room > bytes.length) bytes = Buffer.allocUnsafe(room)
    rest.copy(bytes)
    at += end
    filled = rest.length
  }
}

import type { OpenFile } from '../medium/medium.ts'
import { frameEnd, frameFlags, frameHeadBytes, markFrame, sealFrame } from './frame.ts'

/** A mark names the place where it stands and the offset of the record after it, six bytes each. */
export interface Mark {
  readonly position: number
  readonly offset: number
}

const payloadBytes = 12

export const markBytes = frameHeadBytes + payloadBytes

/** How every mark goes on after its checksum. JSON never holds these bytes: it escapes them. */
const signature = Buffer.from([payloadBytes, 0, 0, 0, markFrame])

export function writeMark(bytes: Buffer, start: number, mark: Mark): void {
  bytes.writeUIntLE(mark.position, start + frameHeadBytes, 6)
  bytes.writeUIntLE(mark.offset, start + frameHeadBytes + 6, 6)
  sealFrame(bytes, start, start + markBytes, markFrame)
}

/** The mark in the whole, undamaged frame at `start`; `undefined` where it is a record. */
export function readMark(bytes: Buffer, start: number): Mark | undefined {
  if ((frameFlags(bytes, start) & markFrame) === 0) return undefined
  return {
    position: bytes.readUIntLE(start + frameHeadBytes, 6),
    offset: bytes.readUIntLE(start + frameHeadBytes + 6, 6),
  }
}

const blockBytes = 64 * 1024

/**
 * Whether a mark lies anywhere behind the position. It looks at every byte, because the lengths
 * that lead from frame to frame may be damaged.
 */
export async function markFollows(file: OpenFile, position: number): Promise<boolean> {
  const bytes = Buffer.allocUnsafe(blockBytes)
  let base = position
  let filled = 0
  for (let got = -1; got !== 0; ) {
    got = await file.read(bytes, filled, base + filled)
    filled += got
    const view = bytes.subarray(0, filled)
    for (let at = view.indexOf(signature, 4); at >= 0; at = view.indexOf(signature, at + 1)) {
      if (isMark(view, at - 4, base + at - 4)) return true
    }
    // A mark may lie across the end of what was read.
    const kept = Math.min(filled, markBytes - 1)
    view.copy(bytes, 0, filled - kept)
    base += filled - kept
    filled = kept
  }
  return false
}

function isMark(bytes: Buffer, start: number, position: number): boolean {
  return frameEnd(bytes, start, bytes.length) > 0 && readMark(bytes, start)?.position === position
}

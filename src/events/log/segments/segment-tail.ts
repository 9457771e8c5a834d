import type { Group } from '../frames/group.ts'
import { markBytes, writeMark } from '../frames/mark.ts'
import { dataLoss } from '../medium/failure.ts'
import { type OpenFile, writeAll } from '../medium/medium.ts'
import { createSegment, type Segment, type Segments } from './segment.ts'

/** The end of the log, where groups are written. One call at a time. */
export interface SegmentTail {
  /** Makes the group durable at the end of the log, or leaves no trace of it and rejects. */
  write(group: Group): Promise<void>
  /** The next write begins a new segment, so that the present one never changes again. */
  rollNext(): void
  close(): Promise<void>
}

/** `marked` says whether the last segment ends in a mark. */
export function segmentTail(
  segments: Segments,
  segmentBytes: number,
  opened: OpenFile,
  marked: boolean,
): SegmentTail {
  const { medium, list } = segments
  let file: OpenFile | undefined = opened
  let rolling = false

  const active = (): Segment => list.at(-1)!

  /**
   * Opens the last segment anew and cuts off what a failed write may have left. The old handle is
   * not used again: after a failed fdatasync the kernel may have dropped both the bytes and the
   * memory of the error, so that the next one would succeed over a hole.
   */
  async function reopen(): Promise<OpenFile> {
    const { path, sizeBytes } = active()
    const reopened = await medium.open(path, 'r+')
    try {
      const found = await reopened.size()
      if (found < sizeBytes) throw dataLoss(path, found, `the file had ${sizeBytes} durable bytes`)
      await reopened.truncate(sizeBytes)
      await reopened.sync()
      return reopened
    } catch (error) {
      await reopened.close().catch(() => {})
      throw error
    }
  }

  async function roll(sealed: OpenFile): Promise<OpenFile> {
    const next = await createSegment(segments, active().end)
    const nextFile = await medium.open(next.path, 'r+')
    // All of it is durable, so an error in closing it means nothing.
    await sealed.close().catch(() => {})
    list.push(next)
    marked = true
    return nextFile
  }

  /** Tries at once to remove what failed; where that fails too, the next write tries again. */
  async function removeTrace(failed: OpenFile): Promise<void> {
    file = undefined
    await failed.close().catch(() => {})
    file = await reopen().catch(() => undefined)
  }

  return {
    async write(group) {
      file ??= await reopen()
      // Once decided, a roll stays decided: a failed one may have left the next segment's file,
      // and then this one must not grow over its first offset.
      rolling ||= active().sizeBytes + group.sizeBytes > segmentBytes
      if (rolling && active().end > active().first) file = await roll(file)
      rolling = false
      if (group.eventCount === 0) return
      const segment = active()
      const place = { offset: segment.end, position: segment.sizeBytes }
      try {
        await writeAll(file, group.seal(place.position, place.offset), place.position)
        await file.sync()
      } catch (error) {
        await removeTrace(file)
        throw error
      }
      segment.index?.note(place)
      segment.sizeBytes += group.sizeBytes
      segment.end += group.eventCount
      marked = false
    },

    rollNext() {
      rolling = true
    },

    async close() {
      file ??= await reopen()
      const { end, sizeBytes } = active()
      if (!marked) {
        const mark = Buffer.alloc(markBytes)
        writeMark(mark, 0, { position: sizeBytes, offset: end })
        // The mark only lets damage be told from a torn write. A log without it is as whole.
        await writeAll(file, mark, sizeBytes).catch(() => {})
      }
      await file.close()
    },
  }
}

import { join } from 'node:path'
import type { Offset } from '../event-log.ts'
import { type Medium, type OpenFile, writeAll } from '../medium/medium.ts'
import { encodeHeader, readHeader, segmentHeaderBytes } from './segment-header.ts'
import { type SparseIndex, sparseIndex } from './sparse-index.ts'

/** A stretch of the log in a file of its own, named after its first offset. */
export interface Segment {
  readonly path: string
  readonly first: Offset
  /** The offset after its last durable record. */
  end: Offset
  /** Its durable bytes. */
  sizeBytes: number
  /** `undefined` until the file was read for the first time. */
  index: SparseIndex | undefined
}

/** The segments of one folder, oldest first, never none. The last is the one being written. */
export interface Segments {
  readonly folder: string
  readonly medium: Medium
  readonly list: Segment[]
}

/** Sixteen digits hold every offset that a number can, and sort as text. */
const segmentName = /^(\d{16})\.log$/

/** Files that a crash left half-made. */
export const asideSuffix = '.aside'

export function segmentPath(folder: string, first: Offset): string {
  return join(folder, `${String(first).padStart(16, '0')}.log`)
}

/** The first offset of the segment with this file name; `undefined` for other files. */
export function firstOffset(name: string): Offset | undefined {
  const digits = segmentName.exec(name)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** Makes an empty segment, durable in content and in name. */
export async function createSegment(segments: Segments, first: Offset): Promise<Segment> {
  const path = segmentPath(segments.folder, first)
  await placeFile(segments.medium, path, (file) =>
    writeAll(file, encodeHeader({ first, generation: 0 }), 0),
  )
  await segments.medium.syncFolder(segments.folder)
  const start = { offset: first, position: segmentHeaderBytes }
  const sizeBytes = segmentHeaderBytes
  return { path, first, end: first, sizeBytes, index: sparseIndex(0, start) }
}

/**
 * Puts a durable file in the place of `path`, whole or not at all. The name is durable only after
 * `syncFolder`.
 */
export async function placeFile(
  medium: Medium,
  path: string,
  write: (file: OpenFile) => Promise<void>,
): Promise<void> {
  const aside = path + asideSuffix
  try {
    const file = await medium.open(aside, 'w+')
    try {
      await write(file)
      await file.sync()
    } finally {
      await file.close()
    }
    await medium.rename(aside, path)
  } catch (error) {
    // What cannot be removed now is removed when the log is next opened for writing.
    await medium.remove(aside).catch(() => {})
    throw error
  }
}

/** Opens a segment to read it, with its header checked and an index that fits what is there. */
export async function openToRead(
  medium: Medium,
  segment: Segment,
): Promise<{ file: OpenFile; index: SparseIndex }> {
  const file = await medium.open(segment.path, 'r')
  try {
    const { generation } = await readHeader(file, segment.path, segment.first)
    if (segment.index?.generation !== generation) {
      const start = { offset: segment.first, position: segmentHeaderBytes }
      segment.index = sparseIndex(generation, start)
    }
    return { file, index: segment.index }
  } catch (error) {
    await file.close()
    throw error
  }
}

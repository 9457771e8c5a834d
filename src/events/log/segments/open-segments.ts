import { join } from 'node:path'
import { StarlingError } from '../../../error.ts'
import { systemCode } from '../medium/failure.ts'
import type { Medium, OpenFile } from '../medium/medium.ts'
import { type Extent, scanSegment } from './scan-segment.ts'
import {
  asideSuffix,
  createSegment,
  firstOffset,
  openToRead,
  type Segment,
  type Segments,
  segmentPath,
} from './segment.ts'

/** Finds the segments of a folder, and how far the last one goes, without changing anything. */
export async function findSegments(medium: Medium, folder: string): Promise<Segments> {
  for (let attempts = 1; ; attempts++) {
    try {
      const segments = await listSegments(medium, folder)
      const last = segments.list.at(-1)
      if (last === undefined) break
      await measure(medium, last)
      return segments
    } catch (error) {
      // Between the listing and the look the writer may trim; a new list is without those files.
      if (systemCode(error) !== 'ENOENT') throw error
      if (attempts === listAttempts) break
    }
  }
  throw new StarlingError('not_found', `there is no log in ${folder}`)
}

/** More trims than can come in the time of as many listings. */
const listAttempts = 20

/**
 * Makes the folder ready to be written to: begins its first segment, removes what was left
 * half-made, cuts off the tail of a torn write. Resolves with the last segment, open.
 */
export async function recoverSegments(
  medium: Medium,
  folder: string,
): Promise<{ segments: Segments; file: OpenFile; marked: boolean }> {
  for (const name of await medium.list(folder)) {
    if (name.endsWith(asideSuffix)) await medium.remove(join(folder, name))
  }
  const segments = await listSegments(medium, folder)
  if (segments.list.length === 0) segments.list.push(await createSegment(segments, 0))
  const last = segments.list.at(-1)!
  const { marked } = await measure(medium, last)
  const file = await medium.open(last.path, 'r+')
  try {
    await file.truncate(last.sizeBytes)
    // After a crash the last write may be whole and yet not durable; from now on it is read.
    await file.sync()
    await medium.syncFolder(folder)
  } catch (error) {
    await file.close()
    throw error
  }
  return { segments, file, marked }
}

async function listSegments(medium: Medium, folder: string): Promise<Segments> {
  const firsts = (await medium.list(folder))
    .map(firstOffset)
    .filter((first) => first !== undefined)
    .sort((a, b) => a - b)
  const list: Segment[] = []
  for (const [index, first] of firsts.entries()) {
    const path = segmentPath(folder, first)
    // A segment ends where the next begins; how far the last one goes only a scan can tell.
    const end = firsts[index + 1] ?? first
    list.push({ path, first, end, sizeBytes: await sizeOf(medium, path), index: undefined })
  }
  return { folder, medium, list }
}

async function sizeOf(medium: Medium, path: string): Promise<number> {
  const file = await medium.open(path, 'r')
  try {
    return await file.size()
  } finally {
    await file.close()
  }
}

async function measure(medium: Medium, last: Segment): Promise<Extent> {
  const { file, index } = await openToRead(medium, last)
  try {
    const extent = await scanSegment(last, file, index)
    last.end = extent.end
    last.sizeBytes = extent.sizeBytes
    return extent
  } finally {
    await file.close()
  }
}

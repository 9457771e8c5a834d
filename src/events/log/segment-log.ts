import { resolve } from 'node:path'
import { invalid, StarlingError } from '../../error.ts'
import { checkOffset } from './check-offset.ts'
import type { EventLog, LoggedEvent, Offset } from './event-log.ts'
import { type Bell, bell, follow } from './follow.ts'
import { diskMedium } from './medium/disk-medium.ts'
import { mediumFailure } from './medium/failure.ts'
import { lockFolder } from './medium/folder-lock.ts'
import type { Medium } from './medium/medium.ts'
import { groupWriter } from './segments/group-writer.ts'
import { findSegments, recoverSegments } from './segments/open-segments.ts'
import { readSegments } from './segments/read-segments.ts'
import { type RecentGroups, recentGroups } from './segments/recent-groups.ts'
import type { Segments } from './segments/segment.ts'
import { segmentTail } from './segments/segment-tail.ts'
import { noWriting, type Writing, writing } from './segments/writing.ts'

export interface SegmentLogOptions {
  /** Where the segment files lie; it is made where it is missing. On a disk of this machine. */
  readonly folder: string
  /** A segment grows up to this size (or holds one write, where that is larger); 64 MiB. */
  readonly segmentBytes?: number
  /**
   * Events in one batch of `read`, at most; 1000. A batch takes a quarter of a MiB, or one event.
   */
  readonly batchEvents?: number
  /** Appends are refused while so many bytes wait for the write under way; 32 MiB. */
  readonly queueBytes?: number
  /**
   * Reads what is complete on disk at this moment, beside a process that may be writing. Nothing
   * is locked and nothing changed. What another process erases or trims later may go unseen.
   */
  readonly readOnly?: boolean
  /** The file system, where it is not the machine's. */
  readonly medium?: Medium
}

/** An event log in files of its own. */
export interface SegmentLog extends EventLog {
  /** What `trim` can forget piece by piece, oldest first; the last is being written, and stays. */
  readonly segments: readonly SegmentSpan[]
}

export interface SegmentSpan {
  readonly first: Offset
  /** The offset after the last. */
  readonly end: Offset
  readonly sizeBytes: number
}

/**
 * Opens the log in a folder, and recovers it where the last process that wrote it was killed.
 * Rejects with `failed_precondition` where a running process writes to the folder, `data_loss`
 * where durable records are damaged, `not_found` where `readOnly` finds no log, and `unavailable`
 * where the medium refuses.
 */
export async function openSegmentLog(options: SegmentLogOptions): Promise<SegmentLog> {
  const { medium = diskMedium, segmentBytes = 64 * 1024 * 1024 } = options
  const { batchEvents = 1000, queueBytes = 32 * 1024 * 1024 } = options
  for (const [field, value] of Object.entries({ segmentBytes, batchEvents, queueBytes })) {
    if (!(value >= 1)) throw invalid(field, `${value} must be >= 1`)
  }
  const folder = resolve(options.folder)
  const appended = bell()
  const recent = recentGroups()
  try {
    if (options.readOnly) {
      const segments = await findSegments(medium, folder)
      return segmentLog({ segments, batchEvents, appended, recent }, noWriting(folder))
    }
    await medium.makeFolder(folder)
    const unlock = await lockFolder(medium, folder)
    try {
      const { segments, file, marked } = await recoverSegments(medium, folder)
      const tail = segmentTail(segments, segmentBytes, file, marked)
      const writer = groupWriter(segments, tail, queueBytes, (first, appends) => {
        recent.keep(first, appends)
        appended.ring()
      })
      const write = writing(segments, tail, writer, unlock)
      return segmentLog({ segments, batchEvents, appended, recent }, write)
    } catch (error) {
      await unlock().catch(() => {})
      throw error
    }
  } catch (error) {
    throw mediumFailure(`cannot open the log in ${folder}`, error)
  }
}

interface Reading {
  readonly segments: Segments
  readonly batchEvents: number
  readonly appended: Bell
  readonly recent: RecentGroups
}

function segmentLog(
  { segments, batchEvents, appended, recent }: Reading,
  writing: Writing,
): SegmentLog {
  const { folder, list } = segments

  async function* read(from: Offset, to: Offset): AsyncGenerator<readonly LoggedEvent[]> {
    if (appended.silent) {
      throw new StarlingError('failed_precondition', `the log in ${folder} is closed`)
    }
    checkOffset(from, log)
    try {
      yield* readSegments(segments, from, to, batchEvents)
    } catch (error) {
      throw mediumFailure(`cannot read the log in ${folder}`, error)
    }
  }

  /** As `read`, without a file for what was written a moment ago. */
  async function* readOn(from: Offset): AsyncGenerator<readonly LoggedEvent[]> {
    const to = log.head
    checkOffset(from, log)
    for (let next = from; next < to; ) {
      const events = appended.silent ? undefined : recent.from(next)
      if (events === undefined) return yield* read(next, to)
      yield events
      next += events.length
    }
  }

  const log: SegmentLog = {
    get tail() {
      return list[0]!.first
    },
    get head() {
      return list.at(-1)!.end
    },
    get sizeBytes() {
      return list.reduce((sum, segment) => sum + segment.sizeBytes, 0)
    },
    get segments() {
      return list.map(({ first, end, sizeBytes }) => ({ first, end, sizeBytes }))
    },
    append: writing.append,
    read: (from) => read(from, log.head),
    follow: (from, signal) => follow(following, from, appended, signal),
    trim: (before) => writing.trim(before).finally(recent.forget),
    erase: (names) => writing.erase(names).finally(recent.forget),
    [Symbol.asyncDispose]() {
      appended.silence()
      return writing.close()
    },
  }
  const following = {
    get head() {
      return log.head
    },
    read: readOn,
  }
  return log
}

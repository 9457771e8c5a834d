import { StarlingError } from '../../../error.ts'
import type { Event } from '../../event.ts'
import type { EventLog, Offset } from '../event-log.ts'
import { mediumFailure, systemCode } from '../medium/failure.ts'
import type { Medium } from '../medium/medium.ts'
import { findDoomed, rewriteSegment } from './erase-segment.ts'
import type { GroupWriter } from './group-writer.ts'
import type { Segments } from './segment.ts'
import type { SegmentTail } from './segment-tail.ts'

/** The half of a segment log that changes it. */
export interface Writing extends Pick<EventLog, 'append' | 'trim' | 'erase'> {
  close(): Promise<void>
}

export function writing(
  segments: Segments,
  tail: SegmentTail,
  writer: GroupWriter,
  unlock: () => Promise<void>,
): Writing {
  const { folder, medium, list } = segments
  let closing: Promise<void> | undefined
  /** Files of segments that are no longer read. Where the medium refuses, the next trim goes on. */
  const forgotten: string[] = []
  // Trims and erases change files that the others may be about to read, so they take turns.
  let turn: Promise<unknown> = Promise.resolve()

  function refuseClosed(): void {
    if (closing) throw new StarlingError('failed_precondition', `the log in ${folder} is closed`)
  }

  function inTurn<T>(doing: string, work: () => Promise<T>): Promise<T> {
    const done = turn.then(() => {
      refuseClosed()
      return work()
    })
    turn = done.catch(() => {})
    return done.catch((error) => {
      throw mediumFailure(`cannot ${doing} the log in ${folder}`, error)
    })
  }

  async function trim(before: Offset): Promise<Offset> {
    while (list.length > 1 && list[0]!.end <= before) forgotten.push(list.shift()!.path)
    while (forgotten.length > 0) {
      await removeIfThere(medium, forgotten[0]!)
      forgotten.shift()
      // One by one, oldest first: a power loss must not leave a hole.
      await medium.syncFolder(folder)
    }
    return list[0]!.first
  }

  async function erase(names: (event: Event) => boolean): Promise<number> {
    // Resolves when all that was appended before is durable, or was refused.
    const until = await writer.append([])
    let erased = 0
    for (const segment of [...list]) {
      refuseClosed()
      const to = Math.min(until, segment.end)
      const doomed = await findDoomed(segments, segment.first, to, names)
      if (doomed.size === 0) continue
      if (segment === list.at(-1)) {
        tail.rollNext()
        await writer.append([])
      }
      await rewriteSegment(segments, segment, doomed)
      erased += doomed.size
    }
    return erased
  }

  async function close(): Promise<void> {
    try {
      await turn
      await writer.idle()
      await tail.close().finally(unlock)
    } catch (error) {
      throw mediumFailure(`cannot close the log in ${folder}`, error)
    }
  }

  return {
    append: async (events, manner) => {
      refuseClosed()
      return writer.append(events, manner)
    },
    trim: (before) => inTurn('trim', () => trim(before)),
    erase: (names) => inTurn('erase', () => erase(names)),
    close: () => (closing ??= close()),
  }
}

/** A removal that failed may have been carried out all the same, and is then asked for again. */
async function removeIfThere(medium: Medium, path: string): Promise<void> {
  try {
    await medium.remove(path)
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
  }
}

/** What a log that was opened to read only answers. */
export function noWriting(folder: string): Writing {
  const refuse = async (): Promise<never> => {
    throw new StarlingError('failed_precondition', `the log in ${folder} was opened to read only`)
  }
  return { append: refuse, trim: refuse, erase: refuse, close: async () => {} }
}

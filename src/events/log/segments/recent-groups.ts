import type { Event } from '../../event.ts'
import type { LoggedEvent, Offset } from '../event-log.ts'
import { decodeFrames } from '../frames/decode-frames.ts'

/**
 * What was written last, for those who follow: they need no file. Events that nobody changes any
 * more are theirs as they are, all others are decoded once.
 */
export interface RecentGroups {
  /** Takes what became durable together; its first event stands at `first`. */
  keep(first: Offset, appends: readonly RecentAppend[]): void
  /** Events without a gap from `next` on; `undefined` where that is no longer kept. */
  from(next: Offset): readonly LoggedEvent[] | undefined
  /** What is kept is no longer what the log says. */
  forget(): void
}

/** One append: its events, and the frames that say the same; of the frames a copy is made. */
export interface RecentAppend {
  readonly events: readonly Event[]
  /** The events themselves may be handed on. */
  readonly isSettled: boolean
  readonly frames: Buffer
}

interface Kept {
  readonly first: Offset
  readonly end: Offset
  readonly sizeBytes: number
  readonly parts: readonly Part[]
  events: readonly LoggedEvent[] | undefined
}

type Part = readonly Event[] | { readonly frames: Buffer; readonly eventCount: number }

/** Bytes of frames; decoded they may take five times as much. */
const bytesMax = 2 * 1024 * 1024

export function recentGroups(): RecentGroups {
  let kept: Kept[] = []
  let sizeBytes = 0

  const decoded = (group: Kept): readonly LoggedEvent[] => {
    if (group.events === undefined) {
      const batch: LoggedEvent[] = []
      for (const part of group.parts) addEvents(part, group.first + batch.length, batch)
      group.events = batch
    }
    return group.events
  }

  return {
    keep(first, appends) {
      const end = appends.reduce((next, { events }) => next + events.length, first)
      const bytes = appends.reduce((sum, { frames }) => sum + frames.length, 0)
      const parts = appends.map(({ events, isSettled, frames }): Part => {
        return isSettled ? events : { frames: Buffer.from(frames), eventCount: events.length }
      })
      kept.push({ first, end, sizeBytes: bytes, parts, events: undefined })
      sizeBytes += bytes
      while (sizeBytes > bytesMax) sizeBytes -= kept.shift()!.sizeBytes
    },

    from(next) {
      const group = kept.findLast(({ first }) => first <= next)
      if (group === undefined || next >= group.end) return undefined
      const events = decoded(group)
      return next === group.first ? events : events.slice(next - group.first)
    },

    forget() {
      kept = []
      sizeBytes = 0
    },
  }
}

/** The event of the part that comes first stands at `from`. */
function addEvents(part: Part, from: Offset, batch: LoggedEvent[]): void {
  if (!('frames' in part)) {
    for (const [place, event] of part.entries()) batch.push({ offset: from + place, event })
    return
  }
  const { frames, eventCount } = part
  const to = from + eventCount
  const chunk = { bytes: frames, end: frames.length }
  decodeFrames(chunk, 0, from, { from, to, batchEvents: batch.length + eventCount }, batch)
}

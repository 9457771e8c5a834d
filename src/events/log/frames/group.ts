import { invalid } from '../../../error.ts'
import type { Event } from '../../event.ts'
import { eventText } from '../event-text.ts'
import { frameHeadBytes, lastOfAppend, maxPayloadBytes, sealFrame } from './frame.ts'
import { markBytes, writeMark } from './mark.ts'

/** Appends that go to the medium in one write: a mark, and then the frames of all their events. */
export interface Group {
  readonly eventCount: number
  readonly sizeBytes: number
  /** Encodes one append. Throws, and leaves the group as it was, where an event cannot be kept. */
  add(events: readonly Event[]): void
  /** What was added, as it stands: valid until the next call. */
  readonly bytes: Buffer
  /** The bytes as they are to stand at this place. They are valid until `clear`. */
  seal(position: number, offset: number): Buffer
  clear(): void
}

const usualBytes = 64 * 1024

/** Above this, a buffer is given back after use: one large import should not be paid for ever. */
const keptBytes = 4 * 1024 * 1024

export function group(): Group {
  let bytes = Buffer.allocUnsafe(usualBytes)
  let used = markBytes
  let eventCount = 0

  function reserve(sizeBytes: number): void {
    if (used + sizeBytes <= bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, used + sizeBytes))
    bytes.copy(larger, 0, 0, used)
    bytes = larger
  }

  function addEvent(event: Event, flags: number): void {
    const json = eventText(event)
    // A UTF-16 unit takes at most three bytes of UTF-8; asking for the length would encode twice.
    const mostBytes = json.length * 3
    if (mostBytes > maxPayloadBytes && Buffer.byteLength(json) > maxPayloadBytes) {
      const length = Buffer.byteLength(json)
      throw invalid('events', `${event.id} takes ${length} bytes; at most ${maxPayloadBytes} fit`)
    }
    reserve(frameHeadBytes + mostBytes)
    const end = used + frameHeadBytes + bytes.write(json, used + frameHeadBytes)
    sealFrame(bytes, used, end, flags)
    used = end
  }

  return {
    get eventCount() {
      return eventCount
    },
    get sizeBytes() {
      return used
    },
    get bytes() {
      return bytes.subarray(0, used)
    },
    add(events) {
      const before = used
      try {
        const last = events.length - 1
        for (let index = 0; index <= last; index++) {
          addEvent(events[index]!, index === last ? lastOfAppend : 0)
        }
        eventCount += events.length
      } catch (error) {
        used = before
        throw error
      }
    },
    seal(position, offset) {
      writeMark(bytes, 0, { position, offset })
      return bytes.subarray(0, used)
    },
    clear() {
      if (bytes.length > keptBytes) bytes = Buffer.allocUnsafe(usualBytes)
      used = markBytes
      eventCount = 0
    },
  }
}

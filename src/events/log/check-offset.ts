import { invalid, StarlingError } from '../../error.ts'
import type { Offset } from './event-log.ts'

/**
 * Refuses to read from where there is nothing: before the tail, where history was forgotten, and
 * beyond the head. A consumer that comes with an offset beyond the head has seen events that the
 * log no longer has (an older copy was put in its place), and must not go on as if nothing were.
 */
export function checkOffset(from: Offset, log: { tail: Offset; head: Offset }): void {
  if (!Number.isSafeInteger(from) || from < 0) throw invalid('from', `${from} must be an offset`)
  if (from >= log.tail && from <= log.head) return
  const message = `offset ${from} is not in the log, which holds ${log.tail} up to ${log.head}`
  throw new StarlingError('data_loss', message)
}

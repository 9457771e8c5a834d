import { StarlingError } from '../../../error.ts'
import type { EventLog, Offset } from '../../../events/log/event-log.ts'

/**
 * A log as it was when its head was `through`: a job that goes on after a crash learns from what
 * its first attempt saw, and from nothing that came since. For reading only.
 */
export function boundedLog(log: EventLog, through: Offset): EventLog {
  const readOnly = async (): Promise<never> => {
    throw new StarlingError('failed_precondition', 'a job reads the log, and writes nothing to it')
  }
  return {
    ...{ append: readOnly, trim: readOnly, erase: readOnly, follow: log.follow },
    get tail() {
      return Math.min(log.tail, through)
    },
    get head() {
      return Math.min(log.head, through)
    },
    get sizeBytes() {
      return log.sizeBytes
    },
    async *read(from) {
      for await (const batch of log.read(from)) {
        const inside = batch.filter(({ offset }) => offset < through)
        if (inside.length > 0) yield inside
        if (inside.length < batch.length) return
      }
    },
    [Symbol.asyncDispose]: () => log[Symbol.asyncDispose](),
  }
}

import type { ErrorCode } from '../../error.ts'
import type { Event } from '../event.ts'
import type { LoggedEvent } from './event-log.ts'

/** Events with the ids "e<from>", "e<from + 1>", … */
export function sampleEvents(from: number, count: number): Event[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `e${from + index}`,
    at: 1_700_000_000_000 + from + index,
    type: 'action',
    action: 'click',
    user: `u${(from + index) % 7}`,
    item: '9007199254740993',
  }))
}

/** All that a reader yields. */
export async function collect(batches: AsyncIterable<readonly LoggedEvent[]>) {
  const all: LoggedEvent[] = []
  for await (const batch of batches) all.push(...batch)
  return all
}

export function hasCode(code: ErrorCode): (error: unknown) => boolean {
  return (error) => error instanceof Error && 'code' in error && error.code === code
}

import type { LoggedEvent, Offset } from './event-log.ts'

/** Lets readers wait for what is appended next. */
export interface Bell {
  /** Wakes all who wait. */
  ring(): void
  /** Wakes all who wait, and lets nobody wait again. */
  silence(): void
  readonly silent: boolean
  /** Resolves at the next ring, or when the signal aborts. */
  wait(signal: AbortSignal): Promise<void>
}

export function bell(): Bell {
  const sleepers = new Set<() => void>()
  let silent = false
  const wakeAll = (): void => {
    for (const wake of sleepers) wake()
  }
  return {
    ring: wakeAll,
    silence() {
      silent = true
      wakeAll()
    },
    get silent() {
      return silent
    },
    wait: (signal) =>
      new Promise((resolve) => {
        const wake = (): void => {
          sleepers.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        if (signal.aborted || silent) return resolve()
        sleepers.add(wake)
        signal.addEventListener('abort', wake)
      }),
  }
}

/**
 * Reads a log from `from` and goes on with what is appended, until the signal aborts or the bell
 * falls silent. The bell must ring after the head has moved.
 */
export async function* follow(
  log: { readonly head: Offset; read(from: Offset): AsyncIterable<readonly LoggedEvent[]> },
  from: Offset,
  appended: Bell,
  signal: AbortSignal,
): AsyncGenerator<readonly LoggedEvent[]> {
  const ended = (): boolean => signal.aborted || appended.silent
  let next = from
  while (!ended()) {
    for await (const batch of log.read(next)) {
      if (ended()) return
      yield batch
      next += batch.length
    }
    if (next >= log.head) await appended.wait(signal)
  }
}

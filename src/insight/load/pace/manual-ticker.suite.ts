import type { Ticker } from './ticker.ts'

/** A ticker for tests: time stands still until it is told otherwise, and nobody waits for real. */
export interface ManualTicker extends Ticker {
  /** Goes on to a time, calling all that is due on the way, each at its own time. */
  goTo(timeMs: number): Promise<void>
}

export function manualTicker(): ManualTicker {
  let nowMs = 0
  const calls: { readonly timeMs: number; readonly call: () => void }[] = []
  return {
    now: () => nowMs,
    at(timeMs, call) {
      calls.push({ timeMs, call })
      calls.sort((a, b) => a.timeMs - b.timeMs)
    },
    async goTo(timeMs) {
      for (;;) {
        // What was begun without waiting gets as far as it can.
        await new Promise((settled) => setImmediate(settled))
        const next = calls[0]
        if (next === undefined || next.timeMs > timeMs) break
        calls.shift()
        nowMs = Math.max(nowMs, next.timeMs)
        next.call()
      }
      nowMs = timeMs
    },
  }
}

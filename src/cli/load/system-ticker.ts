import type { Ticker } from '../../insight/load/pace/ticker.ts'

/** The monotonic time of this process. Its timers are never early, and about 1 ms late. */
export const systemTicker: Ticker = {
  now: () => performance.now(),
  at(timeMs, call) {
    const wait = (): void => {
      const leftMs = timeMs - performance.now()
      if (leftMs <= 0) call()
      else setTimeout(wait, Math.ceil(leftMs))
    }
    setTimeout(wait, Math.max(0, Math.ceil(timeMs - performance.now())))
  },
}

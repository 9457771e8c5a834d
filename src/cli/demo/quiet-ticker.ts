import type { Ticker } from '../../insight/load/pace/ticker.ts'

/** The monotonic time of this process; whoever waits for it keeps no process alive. */
export const quietTicker: Ticker = {
  now: () => performance.now(),
  at(timeMs, call) {
    setTimeout(call, Math.max(0, Math.ceil(timeMs - performance.now()))).unref()
  },
}

/** Time that only runs forward: what latencies are measured by, and what wakes whoever waits. */
export interface Ticker {
  /** Milliseconds since some moment. */
  now(): number
  /** Calls once the time has come: then or a little later, never before. */
  at(timeMs: number, call: () => void): void
}

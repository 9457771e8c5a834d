/** What a row of a model costs, as it was measured so far. */
export interface RunCost {
  learn(elapsedMs: number, rowCount: number): void
  /** Is a run of so many rows expected to keep a thread for more than two milliseconds? */
  isLong(rowCount: number): boolean
}

/** So long may a run keep the thread that answers requests. */
const ownThreadMs = 2

/** The share of a new measurement in what a row is thought to cost. */
const haste = 0.2

/** @param unknownRowsMax of a model that was never asked, more rows than this are a long run */
export function runCost(unknownRowsMax: number): RunCost {
  let rowMs = 0
  return {
    learn(elapsedMs, rowCount) {
      const each = elapsedMs / Math.max(1, rowCount)
      rowMs = rowMs === 0 ? each : rowMs + haste * (each - rowMs)
    },
    isLong: (rowCount) =>
      rowMs === 0 ? rowCount > unknownRowsMax : rowMs * rowCount > ownThreadMs,
  }
}

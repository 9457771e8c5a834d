/** Rows of `width` numbers as rows of `wider`, which are 0 behind them already. */
export function spread(rows: Float32Array, width: number, into: Float32Array, wider: number): void {
  for (let row = 0; row < rows.length / width; row++) {
    into.set(rows.subarray(row * width, (row + 1) * width), row * wider)
  }
}

/** The first `width` numbers of each row of `wider`, in an array of their own. */
export function packed(rows: Float32Array, wider: number, width: number): Float32Array {
  const rowCount = rows.length / wider
  const narrow = new Float32Array(rowCount * width)
  for (let row = 0; row < rowCount; row++) {
    narrow.set(rows.subarray(row * wider, row * wider + width), row * width)
  }
  return narrow
}

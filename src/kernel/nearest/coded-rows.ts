import type { Arena } from '../wasm/arena.ts'
import type { CodedRows, SearchKernels } from '../wasm/search-kernels.ts'

/** Kernels take sixteen bytes at a time. */
export const codeWidthFor = (width: number): number => Math.ceil(width / 16) * 16

/** What coded rows take in an arena. */
export const codedBytes = (rowCount: number, width: number): number =>
  rowCount * (codeWidthFor(width) + 8) + 3 * 64

/** Rows of `wide` numbers, of which `width` count, each in steps of a 127th of its largest. */
export function codedRows(
  { arena, kernels }: { readonly arena: Arena; readonly kernels: SearchKernels },
  rows: Float32Array,
  wide: number,
  width: number,
): CodedRows {
  const rowCount = rows.length / wide
  const coded = {
    codes: arena.int8(rowCount * codeWidthFor(width)),
    scales: arena.float32(rowCount),
    sums: arena.uint32(rowCount),
  }
  kernels.encode(rows, wide, coded)
  return coded
}

/**
 * A query as bytes from 1 to 127 around 64. Scores by it are right up to one factor, which is the
 * same for all rows.
 */
export function codeQuery(query: Float32Array, width: number, coded: Int8Array): void {
  let largest = 0
  for (let k = 0; k < width; k++) largest = Math.max(largest, Math.abs(query[k]!))
  const scale = largest === 0 ? 0 : 63 / largest
  for (let k = 0; k < width; k++) coded[k] = 64 + Math.round(query[k]! * scale)
}

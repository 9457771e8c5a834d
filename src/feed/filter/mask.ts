import type { Ordinal } from '../../state/projections/projection.ts'
import type { Candidates, Mask } from '../pipeline/candidates.ts'

/** All rows: where a request gives a filter nothing to drop, nothing is looked up. */
export function allOf({ items }: Candidates): Mask {
  return new Uint8Array(items.length).fill(1)
}

/** The rows whose items pass the test. */
export function maskOf({ items }: Candidates, passes: (item: Ordinal) => boolean): Mask {
  const mask = new Uint8Array(items.length)
  for (let row = 0; row < items.length; row++) mask[row] = passes(items[row]!) ? 1 : 0
  return mask
}

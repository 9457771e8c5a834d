import type { Ordinal } from '../../state/projections/projection.ts'
import type { Candidates, Mask } from '../pipeline/candidates.ts'

/** The rows whose items pass the test. */
export function maskOf({ items }: Candidates, passes: (item: Ordinal) => boolean): Mask {
  const mask = new Uint8Array(items.length)
  for (let row = 0; row < items.length; row++) mask[row] = passes(items[row]!) ? 1 : 0
  return mask
}

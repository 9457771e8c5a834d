import type { Filter } from '../pipeline/filter.ts'
import { allOf, maskOf } from './mask.ts'

/** Drops what doesn't meet the caller's own condition, where there is one. */
export function dropUnfit(): Filter {
  return {
    name: 'drop-unfit',
    keep: ({ condition }, candidates) =>
      condition === undefined ? allOf(candidates) : maskOf(candidates, condition),
  }
}

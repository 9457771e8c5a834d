import type { Filter } from '../pipeline/filter.ts'
import { maskOf } from './mask.ts'

/** Drops what the caller asked to leave out, and the item that the feed stands beside. */
export function dropExcluded(): Filter {
  return {
    name: 'drop-excluded',
    keep: ({ excluded, beside }, candidates) =>
      maskOf(candidates, (item) => item !== beside && !excluded.has(item)),
  }
}

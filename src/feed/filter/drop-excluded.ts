import type { Filter } from '../pipeline/filter.ts'
import { allOf, maskOf } from './mask.ts'

/** Drops what the caller asked to leave out, and the item that the feed stands beside. */
export function dropExcluded(): Filter {
  return {
    name: 'drop-excluded',
    keep: ({ excluded, beside }, candidates) =>
      excluded.size === 0 && beside === undefined
        ? allOf(candidates)
        : maskOf(candidates, (item) => item !== beside && !excluded.has(item)),
  }
}

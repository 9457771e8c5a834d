import type { Ordinal } from '../../state/projections/projection.ts'

/** The first of each list, then the second of each, and so on; an item comes once. */
export function inTurns(lists: readonly (readonly Ordinal[])[], limit: number): Ordinal[] {
  const found = new Set<Ordinal>()
  const longest = Math.max(0, ...lists.map((list) => list.length))
  for (let place = 0; place < longest; place++) {
    for (const list of lists) {
      if (found.size === limit) return [...found]
      if (place < list.length) found.add(list[place]!)
    }
  }
  return [...found]
}

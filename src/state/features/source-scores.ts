import type { Feature } from './feature.ts'

/**
 * How good each source, or family of them, holds the item. A share of its best of the request and
 * not the score itself: what users of long and of short histories are told then compares, and so
 * does what a model and the next version of it say. It is taken over all that the source proposed,
 * so a row says the same wherever it stands and whatever the filters dropped beside it.
 */
export function sourceScores(sources: readonly string[]): readonly Feature[] {
  return sources.map(
    (source): Feature => ({
      name: `score-${source}`,
      absent: 0,
      description: `Score by ${source}, as a share of its best; 0 where it did not come`,
      needs: () => [],
      fill: (_context, rows, _known, out) => out.set(rows.scoreBy(source)),
    }),
  )
}

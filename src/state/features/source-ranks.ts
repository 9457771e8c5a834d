import type { Feature } from './feature.ts'

/**
 * How high each source, or family of them, put the item: the sources know things that no other
 * feature does.
 */
export function sourceRanks(sources: readonly string[]): readonly Feature[] {
  return sources.map(
    (source): Feature => ({
      name: `rank-${source}`,
      absent: 0,
      description: `Place that ${source} gave the item; 1 / (1 + place), 0 where it did not come`,
      needs: () => [],
      fill(_context, rows, _known, out) {
        const ranks = rows.rankBy(source)
        for (let row = 0; row < out.length; row++) {
          if (ranks[row]! >= 0) out[row] = 1 / (1 + ranks[row]!)
        }
      },
    }),
  )
}

/** How many of the sources recalled the item. */
export function sourceCount(sources: readonly string[]): Feature {
  return {
    name: 'source-count',
    absent: 0,
    description: `How many of ${sources.join(', ')} recalled the item`,
    needs: () => [],
    fill(_context, rows, _known, out) {
      for (const source of sources) {
        const ranks = rows.rankBy(source)
        for (let row = 0; row < out.length; row++) if (ranks[row]! >= 0) out[row]! += 1
      }
    },
  }
}

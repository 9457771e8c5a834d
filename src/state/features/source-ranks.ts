import type { Feature } from './feature.ts'

/** Who recalled the item, and how high: the sources know things that no other feature does. */
export function sourceRanks(sources: readonly string[]): readonly Feature[] {
  const ranks = sources.map(
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
  const agreement: Feature = {
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
  return [...ranks, agreement]
}

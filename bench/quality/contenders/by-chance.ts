import type { Random } from '../../../src/kernel/random.ts'
import type { Contender } from '../contender.ts'

/** What any model must beat: an order drawn anew for every moment. */
export function byChance(itemCount: number, random: Random): Contender {
  return {
    rows: ['random'],
    training: { seconds: 0, peakBytes: 0 },
    rank: () => [{ scores: Float32Array.from({ length: itemCount }, () => random.next()) }],
  }
}

import type { Random } from '../../../src/kernel/random.ts'
import { type Contender, untrained } from '../contender.ts'

/** What any model must beat: an order drawn anew for every moment. */
export function byChance(itemCount: number, random: Random): Contender {
  return {
    rows: ['random'],
    training: untrained,
    rank: () => [{ scores: Float32Array.from({ length: itemCount }, () => random.next()) }],
  }
}

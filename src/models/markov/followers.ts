import { NumberSums } from '../../kernel/number-sums.ts'
import type { Pace } from '../pace.ts'
import type { Sequences } from '../sequences.ts'

/** How often items were met, and what was met after what. */
export interface Followers {
  /** By item. */
  readonly met: Float64Array
  /** By item, what followed it, each time counted by how far behind. */
  readonly after: readonly NumberSums[]
}

export interface FollowerOptions {
  /** How far behind an item what follows it is looked for: n steps on count 1 / n. */
  readonly window: number
  /** How much what came before an item counts as well, in [0, 1]. */
  readonly backward: number
  /** Whether an item may follow itself. */
  readonly repeats: boolean
}

/** One pass over all sequences. */
export async function countFollowers(
  { itemCount, starts, items }: Sequences,
  { window, backward, repeats }: FollowerOptions,
  pace: Pace,
): Promise<Followers> {
  const after = Array.from({ length: itemCount }, () => new NumberSums())
  const met = new Float64Array(itemCount)
  for (let row = 0; row + 1 < starts.length; row++) {
    const [from, to] = [starts[row]!, starts[row + 1]!]
    for (let place = from; place < to; place++) {
      const item = items[place]!
      met[item]! += 1
      for (let step = 1; step <= window && place + step < to; step++) {
        const other = items[place + step]!
        if (other === item && !repeats) continue
        after[item]!.add(other, 1 / step)
        if (backward > 0) after[other]!.add(item, backward / step)
      }
    }
    if (pace.due(16 * (to - from) * window)) await pace.rest()
  }
  return { met, after }
}

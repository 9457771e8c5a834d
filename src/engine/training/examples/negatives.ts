import type { Timestamp } from '../../../events/clock.ts'
import type { Random } from '../../../kernel/random.ts'
import type { Catalogue } from '../../../state/catalogue/catalogue.ts'
import type { Ordinal } from '../../../state/projections/projection.ts'
import type { DrawnNegatives } from './examples.ts'

/** Draws what might have been taken instead. It sees positives as they come, in order. */
export interface NegativeDraw {
  /** Items other than those that `isOut`, each once; fewer where no more are found. */
  draw(at: Timestamp, isOut: (item: Ordinal) => boolean): readonly Ordinal[]
  took(item: Ordinal): void
}

/** Likes that tell what is popular: the newest so many. */
const popularMemory = 65_536

/** Examples of which others may be drawn, by negative asked for. */
const batchPerNegative = 16

/** Tries for each item that is wanted: of a small catalogue, all may be out. */
const triesPerItem = 20

export function negativeDraw(
  { kind, perPositive }: DrawnNegatives,
  catalogue: Pick<Catalogue, 'size' | 'servable'>,
  random: Random,
): NegativeDraw {
  const memory = kind === 'popular' ? popularMemory : perPositive * batchPerNegative
  /** The newest positives, the oldest overwritten. */
  const ring: Ordinal[] = []
  const counts = new Map<Ordinal, number>()
  let next = 0

  const one = (): Ordinal | undefined => {
    if (kind === 'uniform') return random.below(catalogue.size)
    if (ring.length === 0) return undefined
    const item = ring[random.below(ring.length)]!
    // Drawn by how often it was liked, and kept by the fourth root of that: leaves its power 3/4.
    if (kind === 'popular' && random.next() > (counts.get(item) ?? 1) ** -0.25) return undefined
    return item
  }

  return {
    draw(at, isOut) {
      const found = new Set<Ordinal>()
      for (let tries = perPositive * triesPerItem; tries > 0 && found.size < perPositive; tries--) {
        const item = one()
        if (item === undefined || isOut(item) || !catalogue.servable(item, at)) continue
        found.add(item)
      }
      return [...found]
    },

    took(item) {
      if (kind === 'uniform') return
      const before = ring[next]
      if (before !== undefined) {
        const count = counts.get(before)! - 1
        if (count === 0) counts.delete(before)
        else counts.set(before, count)
      }
      ring[next] = item
      counts.set(item, (counts.get(item) ?? 0) + 1)
      next = (next + 1) % memory
    },
  }
}

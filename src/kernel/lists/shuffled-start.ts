import type { Random } from '../random.ts'

/**
 * The first `limit` places of a random permutation (Fisher and Yates). Moves what is in `things`.
 */
export function shuffledStart(things: number[], limit: number, random: Random): number[] {
  const count = Math.min(limit, things.length)
  for (let place = 0; place < count; place++) {
    const other = place + random.below(things.length - place)
    const thing = things[other]!
    things[other] = things[place]!
    things[place] = thing
  }
  return things.slice(0, count)
}

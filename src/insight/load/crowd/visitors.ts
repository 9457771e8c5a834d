import type { Random } from '../../../kernel/random.ts'
import type { World } from '../../simulate/world/world.ts'

/** Somebody who is there already is passed over so often; then they come in again. */
const tries = 8

/**
 * Who comes in next, by number: each as often as their rate says, of those who were in the world
 * from its first day, but never those who are left out. Not somebody who is there already, as far
 * as a few tries find another.
 */
export function visitorsOf(
  world: World,
  random: Random,
  leftOut: readonly number[] = [],
): () => number {
  const { people } = world
  const count = people.arrivedOn.findIndex((day) => day > 0)
  const sums = Float64Array.from(people.rates.subarray(0, count < 0 ? people.count : count))
  for (const user of leftOut) sums[user] = 0
  for (let user = 1; user < sums.length; user++) sums[user]! += sums[user - 1]!

  const draw = (): number => {
    const point = random.next() * sums.at(-1)!
    let [low, high] = [0, sums.length - 1]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (sums[middle]! <= point) low = middle + 1
      else high = middle
    }
    return low
  }

  return () => {
    let user = draw()
    for (let attempt = 0; attempt < tries && world.staying(world.rows.userId(user)); attempt++) {
      user = draw()
    }
    return user
  }
}

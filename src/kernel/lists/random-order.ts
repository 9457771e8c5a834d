import type { Random } from '../random.ts'

/** The numbers from 0 below `count`, each once, in an order of chance (Fisher and Yates). */
export function randomOrder(count: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, place) => place)
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1)
    const number = order[last]!
    order[last] = order[other]!
    order[other] = number
  }
  return order
}

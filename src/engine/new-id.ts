import type { Clock } from '../events/clock.ts'
import type { Random } from '../kernel/random.ts'

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'
const chanceLength = 10

/** Ids that sort by time: milliseconds in base 36, then 51 bits of chance. */
export function idMaker(clock: Clock, random: Random): () => string {
  return () => {
    let id = Math.trunc(clock.now()).toString(36).padStart(9, '0')
    for (let index = 0; index < chanceLength; index++) id += alphabet[random.below(alphabet.length)]
    return id
  }
}

import { seededRandom } from '../../../kernel/random.ts'
import { byOne, type Question, type Recommender } from './question.ts'

/** Orders things by nothing at all: each question has its own order, drawn from the seed. */
export function byChance(itemCount: number, seed: number | string): Recommender {
  const random = seededRandom(seed)
  // Each question takes another part of one long draw: a number per item and question would take
  // longer than all that is to be compared with it.
  const drawn = Float32Array.from({ length: 2 * itemCount }, () => random.next())
  const scores = ({ candidates }: Question) => {
    const from = random.below(itemCount)
    return drawn.slice(from, from + (candidates?.length ?? itemCount))
  }
  return { score: (questions) => questions.map(scores) }
}

/** Orders things by how often they were met: the same for everybody. */
export function byPopularity(items: Uint32Array, itemCount: number): Recommender {
  const counts = new Float32Array(itemCount)
  for (const item of items) counts[item]! += 1
  return byOne(() => counts.slice())
}

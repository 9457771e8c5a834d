import { byOrder, type Recommender } from '../../../evaluation/protocols/question.ts'
import type { Sequences } from '../../../sequences.ts'
import { alikeByAttributes } from '../../../sequential/alike/alike.ts'

/** Cosines are raised to these: what is alike broadly, and what is in nearly all. */
const sharpnesses = [2, 5]

/** What is like the last items, by what is told of them, the popular first. */
export function alikeVoices(
  { items, itemCount }: Sequences,
  attributes: readonly Uint32Array[],
): readonly Recommender[] {
  const counts = new Uint32Array(itemCount)
  for (const item of items) counts[item]! += 1
  return sharpnesses.map((sharpness) => {
    const options = { memory: 20, decay: 0.7, sharpness, popularity: 0.5 }
    return byOrder(alikeByAttributes(attributes, counts, options))
  })
}

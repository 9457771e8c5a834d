import type { Recommender } from '../evaluation/protocols/question.ts'
import type { SelfAttentionModel } from './self-attention-model.ts'

/** A network as what answers questions, many at once. */
export function byAttention(model: Pick<SelfAttentionModel, 'next'>): Recommender {
  return {
    async score(questions) {
      const answers = await model.next(questions.map(({ past }) => past))
      return questions.map(({ candidates }, place) => {
        const scores = answers[place]!
        return candidates === undefined
          ? scores
          : Float32Array.from(candidates, (item) => scores[item]!)
      })
    },
  }
}

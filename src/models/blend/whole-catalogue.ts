import type { Recommender } from '../evaluation/protocols/question.ts'

/** Asks of the whole catalogue, also where few are candidates: it tells how far scores spread. */
export function ofWholeCatalogue(whole: Recommender): Recommender {
  return {
    async score(questions) {
      const all = await whole.score(questions.map(({ candidates: _, ...question }) => question))
      return all.map((scores, place) => {
        const { candidates } = questions[place]!
        return candidates === undefined
          ? scores
          : Float32Array.from(candidates, (item) => scores[item]!)
      })
    },
  }
}

import type { Recommender } from '../evaluation/protocols/question.ts'

/**
 * Scores of a softmax as what it makes of them: 1 in all, and > 0 but for scores of -Infinity,
 * whose chance is 0. A sharpness below 1 takes the model to know less than it says.
 */
export function chancesOf(scores: Float32Array, sharpness = 1): Float32Array {
  let most = Number.NEGATIVE_INFINITY
  for (let item = 0; item < scores.length; item++) most = Math.max(most, scores[item]!)
  const chances = new Float32Array(scores.length)
  if (most === Number.NEGATIVE_INFINITY) return chances
  let sum = 0
  for (let item = 0; item < scores.length; item++) {
    sum += chances[item] = Math.exp(sharpness * (scores[item]! - most))
  }
  for (let item = 0; item < scores.length; item++) chances[item]! /= sum
  return chances
}

/** One whose scores are those of a softmax, as one that tells chances. */
export function asChances({ score }: Recommender, sharpness = 1): Recommender {
  return {
    async score(questions) {
      const answers = await score(questions)
      return answers.map((scores) => chancesOf(scores, sharpness))
    },
  }
}

import { byPopularity } from '../../evaluation/protocols/baselines.ts'
import { byHistory, type Question, type Recommender } from '../../evaluation/protocols/question.ts'
import type { Interactions } from '../../interactions.ts'
import type { HistoryModel } from '../../model.ts'

/**
 * A model that recommends what is popular to whom it knows nothing of: what a service does, and
 * what a model of histories would otherwise leave to chance.
 */
export function orPopular(
  recommender: Recommender,
  met: Uint32Array,
  itemCount: number,
): Recommender {
  const popular = byPopularity(met, itemCount)
  return {
    async score(questions) {
      const isKnown = ({ past }: Question): boolean => past.length > 0
      const known = questions.filter(isKnown)
      const answers = [...(known.length > 0 ? await recommender.score(known) : [])].reverse()
      const others = [
        ...(await popular.score(questions.filter((each) => !isKnown(each)))),
      ].reverse()
      return questions.map((each) => (isKnown(each) ? answers.pop()! : others.pop()!))
    },
  }
}

/** By what is known of a user; what is popular, where that is nothing. */
export function known(
  { columns, columnCount }: Interactions,
  model: Pick<HistoryModel, 'score' | 'scoreAll'>,
): Recommender {
  return orPopular(byHistory(model), columns, columnCount)
}

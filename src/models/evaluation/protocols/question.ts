import type { History, HistoryModel } from '../../model.ts'

/** For whom a model is to choose, what they met so far, and among what it has to choose. */
export interface Question {
  /** The user's ordinal in the data; that of a session has nobody behind it. */
  readonly user: number
  /** Ordinals: the oldest first where the protocol knows an order, else ascending. */
  readonly past: Uint32Array
  /** When each was met, in seconds, where that is known; and when the question is asked. */
  readonly pastTimes?: Float64Array
  readonly at?: number
  /** What is to be scored, ascending; the whole catalogue where left out. */
  readonly candidates?: Uint32Array
}

/** What answers questions: the learned side of every protocol that ranks items. */
export interface Recommender {
  /**
   * For each question one number per candidate, or per item of the catalogue; the best highest.
   * The arrays are the judge's own from then on. Questions come in batches, for those that score
   * many users at once.
   */
  score(questions: readonly Question[]): readonly Float32Array[] | Promise<readonly Float32Array[]>
}

/** Questions with what was right: the `Part` of every protocol that ranks items. */
export interface Asked {
  readonly questions: readonly Question[]
  /** In the same places: one ordinal or more. */
  readonly targets: readonly Uint32Array[]
  /** Lists do not hold what the user met before. */
  readonly dropsPast: boolean
}

/** A model that scores by what a user met, each thing alike. */
export function byHistory(model: Pick<HistoryModel, 'score' | 'scoreAll'>): Recommender {
  const alike = (items: Uint32Array): History => ({
    items,
    weights: new Float32Array(items.length).fill(1),
  })
  const { scoreAll } = model
  if (scoreAll === undefined) {
    return byOne(({ past }) => model.score(past, alike(past).weights))
  }
  return {
    score(questions) {
      const all = scoreAll(questions.map(({ past }) => alike(past)))
      return questions.map(({ candidates }, index) => chosenOf(all[index]!, candidates))
    },
  }
}

/** A model that scores by what was met, in its order. */
export function byOrder(model: { next(items: Uint32Array): Float32Array }): Recommender {
  return byOne(({ past }) => model.next(past))
}

/** What was met and when, and the moment of choosing: what some models ask for. */
interface Moment {
  readonly past: Uint32Array
  readonly times: Float64Array
  readonly at: number
}

/** A model that knows of time. Where none is told, it is asked after all that it knows of. */
export function byMoment(model: {
  readonly itemCount: number
  score(moment: Moment, candidates: Uint32Array): Float32Array
}): Recommender {
  const all = Uint32Array.from({ length: model.itemCount }, (_, item) => item)
  return {
    score: (questions) =>
      questions.map(({ past, pastTimes, at, candidates = all }) => {
        const times = pastTimes ?? new Float64Array(past.length)
        return model.score({ past, times, at: at ?? Number.MAX_SAFE_INTEGER }, candidates)
      }),
  }
}

/** A model that scores the whole catalogue for one question at a time. */
export function byOne(score: (question: Question) => Float32Array): Recommender {
  return {
    score: (questions) =>
      questions.map((question) => {
        return chosenOf(score(question), question.candidates)
      }),
  }
}

function chosenOf(scores: Float32Array, items: Uint32Array | undefined): Float32Array {
  if (items === undefined) return scores
  const chosen = new Float32Array(items.length)
  for (let place = 0; place < items.length; place++) chosen[place] = scores[items[place]!]!
  return chosen
}

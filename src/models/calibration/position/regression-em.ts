import { invalid } from '../../../error.ts'
import type { TrainingRun } from '../../model.ts'
import type { Ranker, RankerTrainer, RankingData } from '../../ranking/ranker.ts'
import { countsOf, type Propensities } from './propensities.ts'

export interface RegressionEmOptions {
  /** The head that tells of clicks. */
  readonly head: string
  /** Rounds of asking and answering, 1 to 1000; 20. */
  readonly rounds?: number
}

/**
 * Propensities from an ordinary log, where items stand where a ranker put them: a click tells that
 * a place was looked at and that the item was liked, and no click that one of the two was not so.
 * Each round asks how likely each is for every row, then counts the looks by place and fits a
 * ranker of the likings to the features (regression-based EM: Wang et al., WSDM 2018, section 4.2).
 * Where no items of equal features came at several places, nothing can be told.
 *
 * Returns the ranker of the last round as well: what it foretells is free of the place.
 */
export async function regressionEm<M extends Ranker>(
  { fields, train }: RankingData,
  trainer: RankerTrainer<M>,
  { head, rounds = 20 }: RegressionEmOptions,
  run: TrainingRun,
): Promise<{ readonly propensities: Propensities; readonly ranker: M }> {
  const { positions, labels, weights, ...rows } = train
  const clicks = labels.get(head)
  if (clicks === undefined) throw invalid(`labels.${head}`, 'are missing')
  if (positions === undefined) throw invalid('positions', 'are missing')
  if (!(Number.isInteger(rounds) && rounds >= 1 && rounds <= 1000)) {
    throw invalid('rounds', `${rounds} must be a whole number >= 1 and <= 1000`)
  }
  const { shown, clicked } = countsOf({ positions, clicks })
  const most = clicked.reduce((most, count, place) => Math.max(most, count / shown[place]!), 0)
  let looks: Float64Array = clicked.map((count, place) =>
    Math.max(unlikely, Math.min(1, count / (shown[place]! * (most || 1)))),
  )
  let liked: Float32Array = new Float32Array(clicks.length).fill(0.5)
  let ranker: M | undefined
  for (let round = 1; round <= rounds; round++) {
    const seen = new Float64Array(looks.length)
    // The chance that a row was liked, whatever was seen of it.
    const likings = clicks.map((click, row) => {
      const [look, like] = [looks[positions[row]!]!, liked[row]!]
      const neither = Math.max(unlikely, 1 - look * like)
      seen[positions[row]!]! += click + (1 - click) * ((look * (1 - like)) / neither)
      return click + (1 - click) * ((like * (1 - look)) / neither)
    })
    looks = seen.map((count, place) => Math.max(unlikely, count / Math.max(1, shown[place]!)))
    const asked = { ...rows, ...(weights && { weights }), labels: new Map([[head, likings]]) }
    const { signal, seed } = run
    ranker = await trainer.fit({ fields, train: asked }, { seed, ...(signal && { signal }) })
    liked = (await ranker.predict(rows))[0]!
    run.onProgress?.(round / rounds)
  }
  const first = looks[0]!
  // There was a round at least.
  return { propensities: looks.map((look) => look / first), ranker: ranker! }
}

/** A chance of 0 could never rise again. */
const unlikely = 1e-6

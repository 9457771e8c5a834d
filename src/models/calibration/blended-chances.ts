import { invalid } from '../../error.ts'
import { logloss } from '../evaluation/logloss.ts'
import { fitLogistic } from '../logistic/logistic.ts'
import { probability } from '../logistic/logistic-model.ts'
import type { TrainingRun } from '../model.ts'
import type { Examples } from '../ranking/rows.ts'
import type { Foretelling } from './on-validation.ts'

/** A ranker by its name. */
export interface Named {
  readonly name: string
  readonly ranker: Foretelling
}

/** What several rankers foretell together. */
export interface BlendedChances extends Foretelling {
  /** What the log-odds of each count, > 0; the best alone first. */
  readonly parts: readonly (Named & { readonly weight: number })[]
  readonly bias: number
}

export interface BlendOptions extends Pick<TrainingRun, 'signal'> {
  /** The label that is foretold; the rankers' first head. */
  readonly head: string
  /** How many rankers are taken at most, >= 1; 3 where left out. */
  readonly partsMax?: number
}

/** As far from certain as single precision tells. */
const certain = 1e-7

/** One more ranker must lower the mean logloss by so much of it: less is chance. */
const leastGain = 2e-3

/** Half of this times the sum of squared weights: hardly any, as there are so few. */
const l2 = 1

/**
 * A weighted sum of log-odds (stacking: Wolpert 1992). Weights are found by logistic regression on
 * rows that no ranker was fitted to, so the chances of the blend come true there; a weight is never
 * below 0, for a ranker whose errors alone are of use says nothing. Rankers are taken one after the
 * other, each time the one that helps most (Caruana et al. 2004), until none does.
 *
 * Throws `invalid_argument` for no rankers, and for rows that are all of one kind.
 */
export async function blendedOn(
  rankers: readonly Named[],
  rows: Examples,
  { head, partsMax = 3, signal }: BlendOptions,
): Promise<BlendedChances> {
  const labels = rows.labels.get(head)
  if (labels === undefined) throw invalid(`labels.${head}`, 'is missing')
  const columns = await Promise.all(
    rankers.map(async ({ ranker }) => oddsOf((await ranker.predict(rows, signal))[0]!)),
  )
  const task: Task = { columns, labels, ...(rows.weights && { weights: rows.weights }) }
  let best: Weighed | undefined
  while ((best?.places.length ?? 0) < Math.min(partsMax, rankers.length)) {
    const among = best?.places ?? []
    const tried: Weighed[] = []
    for (const place of columns.keys()) {
      if (among.includes(place)) continue
      const found = await weighed([...among, place], task, signal)
      if (found !== undefined) tried.push(found)
    }
    const least = tried.sort((one, other) => one.loss - other.loss)[0]
    if (least === undefined || !(least.loss < (best?.loss ?? Infinity) * (1 - leastGain))) break
    best = least
  }
  if (best === undefined) throw invalid('rankers', 'must hold one that orders rows at all')
  const { places, weights, bias } = best
  const parts = places.map((place, at) => ({ ...rankers[place]!, weight: weights[at]! }))
  return {
    ...{ parts, bias },
    async predict(asked, asking) {
      const odds = new Float64Array(asked.rowCount).fill(bias)
      for (const { ranker, weight } of parts) {
        const own = oddsOf((await ranker.predict(asked, asking))[0]!)
        for (const [row, each] of own.entries()) odds[row]! += weight * each
      }
      return [Float32Array.from(odds, probability)]
    },
  }
}

interface Task {
  /** The log-odds of each ranker. */
  readonly columns: readonly Float32Array[]
  readonly labels: Float32Array
  readonly weights?: Float32Array
}

interface Weighed {
  readonly places: readonly number[]
  readonly weights: readonly number[]
  readonly bias: number
  readonly loss: number
}

/** Undefined where one of them would count below 0. */
async function weighed(
  places: readonly number[],
  { columns, labels, weights: counts }: Task,
  signal: AbortSignal | undefined,
): Promise<Weighed | undefined> {
  const rows = new Float32Array(labels.length * places.length)
  for (const [at, place] of places.entries())
    for (let row = 0; row < labels.length; row++)
      rows[row * places.length + at] = columns[place]![row]!
  const features = places.map((place) => ({ name: `part ${place}`, absent: Number.NaN }))
  const given = { ...(counts && { weights: counts }), ...(signal && { signal }) }
  const model = await fitLogistic(rows, labels, { features, l2, ...given })
  // A weight is what a step of one of the log-odds does to the sum.
  const at = (moved: number): number => {
    const one = Float32Array.from(places, (_, place) => Number(place === moved))
    return model.contributions(one).reduce((sum, each) => sum + each, model.bias)
  }
  const bias = at(-1)
  const weights = places.map((_, place) => at(place) - bias)
  if (!weights.every((weight) => weight > 0)) return undefined
  const chances = Float32Array.from(labels, (_, row) =>
    probability(
      places.reduce((sum, place, own) => sum + weights[own]! * columns[place]![row]!, bias),
    ),
  )
  return { places, weights, bias, loss: logloss(chances, labels, counts) }
}

const oddsOf = (chances: Float32Array): Float32Array =>
  chances.map((chance) => {
    const inside = Math.min(1 - certain, Math.max(certain, chance))
    return Math.log(inside / (1 - inside))
  })

import { invalid } from '../../../error.ts'
import { topK } from '../../../kernel/top-k.ts'
import type { Asked, Question, Recommender } from '../../evaluation/protocols/question.ts'
import { expectedNdcg, tiedRanks } from '../../evaluation/tied-rank.ts'
import { openPace } from '../../pace.ts'
import {
  type Choice,
  fitConditionalLogit,
  type LogitOptions,
  weighed,
} from '../../sequential/choice/conditional-logit.ts'
import type { Part } from '../blended.ts'
import { addScores } from '../share.ts'
import type { ItemSignal } from './item-signal.ts'

/** Who speaks in a pool. */
export interface Witnesses {
  /**
   * What counts, or tells chances: scores of 0 and more, which are taken in shares of one. `share`
   * is how loud each is in the blend of all; where it is 0, it only speaks for itself.
   */
  readonly voices: readonly Part[]
  readonly signals: readonly ItemSignal[]
}

export interface PoolSettings {
  /** How many items each voice puts forward, 1 to 10,000: only those are weighed anew. */
  readonly reach: number
  /** What is added to a share before its logarithm, in (0, 1): below it all is alike. */
  readonly floor: number
  /** Whether what was met may be put forward again. */
  readonly repeats: boolean
}

export interface PoolFit extends LogitOptions {
  /** How long the lists are whose NDCG decides. */
  readonly k: number
  readonly signal?: AbortSignal
}

/** Questions that are asked at once. */
const batch = 64

/**
 * How loud each witness is in a logarithmic pool (Genest and Zidek 1986): the chance of
 * an item, among those put forward, is softmax of a weighted sum of the logs of its shares and of
 * its signals. One weight for the blend of all voices in the shares given, one for each voice, one
 * for each signal, in this order: a conditional logit on questions that none has learned from.
 *
 * Where a sum of shares believes the loudest, a product believes those that agree, and lets what is
 * in demand lately, or was met before, tip the scale. Where it has no higher NDCG than the blend,
 * each half of the questions weighed by the other, or no voice put targets forward, the blend alone
 * is heard: 1, and 0 for all else. Throws `invalid_argument` for settings out of range.
 */
export async function fitPool(
  witnesses: Witnesses,
  { questions, targets }: Asked,
  { signal, k, ...settings }: PoolSettings & PoolFit,
): Promise<Float64Array> {
  check(settings)
  const pace = openPace(signal)
  const choices: Choice[] = []
  for (let from = 0; from < questions.length; from += batch) {
    const some = questions.slice(from, from + batch)
    for (const [at, { items, columns }] of (await heard(witnesses, some, settings)).entries()) {
      const chosen = items.indexOf(targets[from + at]![0]!)
      if (chosen >= 0) choices.push({ columns, chosen })
    }
    if (pace.due(some.length * witnesses.voices.length * 20_000)) await pace.rest()
  }
  const half = (rest: number) => choices.filter((_, at) => at % 2 === rest)
  const width = 1 + witnesses.voices.length + witnesses.signals.length
  const blendAlone = Float64Array.from({ length: width }, (_, at) => Number(at === 0))
  if (choices.length < 2) return blendAlone
  let gain = 0
  for (const rest of [0, 1]) {
    const weights = await fitConditionalLogit(half(1 - rest), settings, pace)
    const judged = half(rest)
    gain += ndcgOf(judged, weights, k) - ndcgOf(judged, blendAlone, k)
  }
  return gain > 0 ? fitConditionalLogit(choices, settings, pace) : blendAlone
}

/** In all: of targets that were put forward. */
function ndcgOf(choices: readonly Choice[], weights: Float64Array, k: number): number {
  return choices.reduce((gain, { columns, chosen }) => {
    return gain + expectedNdcg(tiedRanks(Float32Array.from(weighed(columns, weights)), [chosen]), k)
  }, 0)
}

/**
 * Orders what the voices put forward by the weights of `fitPool`; behind it comes the rest, as the
 * blend has it. Scores are chances among what is put forward.
 */
export function pooled(
  witnesses: Witnesses,
  weights: Float64Array,
  settings: PoolSettings,
): Recommender {
  check(settings)
  return {
    async score(questions) {
      const all = await heard(witnesses, questions, settings)
      return all.map(({ blend, places, columns }) => {
        if (places.length === 0) return blend
        const sums = weighed(columns, weights)
        const most = sums.reduce((one, other) => Math.max(one, other))
        const chances = sums.map((sum) => Math.max(1e-20, Math.exp(sum - most)))
        const total = chances.reduce((one, other) => one + other)
        const least = chances.reduce((one, other) => Math.min(one, other)) / total
        // Shares of one each, in shares: the rest of the blend is below whatever was put forward.
        const loudness = witnesses.voices.reduce((sum, { share }) => sum + share, 0)
        const scores = new Float32Array(blend.length)
        addScores(scores, blend, (0.5 * least) / loudness)
        for (const [at, place] of places.entries()) scores[place] = chances[at]! / total
        return scores
      })
    },
  }
}

/** What was put forward for one question, and what is said of it. */
interface Heard {
  /** All that the voices say together. */
  readonly blend: Float32Array
  /** Where in the answers those stand that are put forward, and which items they are. */
  readonly places: Uint32Array
  readonly items: Uint32Array
  readonly columns: readonly Float32Array[]
}

async function heard(
  { voices, signals }: Witnesses,
  questions: readonly Question[],
  { reach, floor, repeats }: PoolSettings,
): Promise<readonly Heard[]> {
  const answers: (readonly Float32Array[])[] = []
  for (const { recommender } of voices) answers.push(await recommender.score(questions))
  return questions.map(({ past, candidates }, at) => {
    const said = answers.map((each) => each[at]!)
    const times = said.map(shareOfOne)
    const blend = new Float32Array(said[0]!.length)
    const met = new Set(repeats ? [] : past)
    const itemAt = (place: number): number => (candidates ? candidates[place]! : place)
    const forward = new Set<number>()
    for (const [voice, scores] of said.entries()) {
      addScores(blend, scores, times[voice]! * voices[voice]!.share)
      for (const place of topK(scores, reach))
        if (scores[place]! > 0 && !met.has(itemAt(place))) forward.add(place)
    }
    const places = Uint32Array.from(forward)
    const items = places.map(itemAt)
    const logs = (scores: Float32Array, factor: number): Float32Array =>
      Float32Array.from(places, (place) => Math.log(Math.max(0, factor * scores[place]!) + floor))
    const columns = [logs(blend, 1), ...said.map((scores, voice) => logs(scores, times[voice]!))]
    return { blend, places, items, columns: [...columns, ...signals.map((of) => of(past, items))] }
  })
}

/** What brings scores to shares of one; 0 where nothing is said. */
function shareOfOne(scores: Float32Array): number {
  let sum = 0
  for (let place = 0; place < scores.length; place++) sum += scores[place]!
  return sum > 0 ? 1 / sum : 0
}

function check({ reach, floor }: PoolSettings): void {
  if (!(Number.isInteger(reach) && reach >= 1 && reach <= 10_000))
    throw invalid('reach', `${reach} must be a whole number >= 1 and <= 10000`)
  if (!(floor > 0 && floor < 1)) throw invalid('floor', `${floor} must be > 0 and < 1`)
}

import { topK } from '../../kernel/top-k.ts'
import type { Asked, Question, Recommender } from '../evaluation/protocols/question.ts'
import { expectedNdcg, tiedRanks } from '../evaluation/tied-rank.ts'
import { openPace, type Pace } from '../pace.ts'
import type { Adding } from './blended.ts'
import { addShare } from './share.ts'

export interface FitSharesOptions {
  /** How long the lists are whose NDCG decides. */
  readonly k: number
  /** The measure that the voices are brought to where they are blended; `addShare` unless told. */
  readonly add?: Adding
  readonly signal?: AbortSignal
  /** Told the share that is done, in (0, 1]. */
  readonly onProgress?: (share: number) => void
}

/** Items of each voice that may come into a list: what stands behind them in all hardly does. */
const reach = 200

/** Questions that are asked at once. */
const batch = 64

/** What a share is multiplied with in turn; 0 does without the voice. */
const factors = [0, 0.125, 0.25, 0.5, 0.7, 1, 1.4, 2, 4, 8]

const passes = 4

/**
 * How loud each of several is to be in a blend: one share each, 0 for those that the others are
 * better without: shares are moved one at a time while the mean NDCG on questions that nothing was
 * learned from gets better.
 *
 * Memory is that of `reach` items per voice and question, not of the catalogue.
 */
export async function fitShares(
  voices: readonly Recommender[],
  asked: Asked,
  { k, add = addShare, signal, onProgress }: FitSharesOptions,
): Promise<readonly number[]> {
  const pace = openPace(signal)
  const lists: HeardList[] = []
  for (let from = 0; from < asked.questions.length; from += batch) {
    const questions = asked.questions.slice(from, from + batch)
    const answers = await Promise.all(voices.map((voice) => voice.score(questions)))
    for (const [place, question] of questions.entries()) {
      const said = answers.map((each) => each[place]!)
      const targets = placesOf(question, asked.targets[from + place]!)
      lists.push(heard(said, targets, droppedOf(question, asked.dropsPast), add))
    }
    if (pace.due(questions.length * voices.length * 20_000)) await pace.rest()
    onProgress?.(Math.min(1, (from + batch) / asked.questions.length))
  }
  return climbed(voices.length, (shares) => meanGain(lists, shares, k), pace)
}

/** Of one question, what may come into a list of it. */
interface HeardList {
  /** What each voice says of the items, in one measure: in the same places, the targets first. */
  readonly said: readonly Float32Array[]
  readonly targetCount: number
  /** Items besides that no voice says anything of: where a target is one of those, it ties. */
  readonly unsaidCount: number
}

function heard(
  answers: readonly Float32Array[],
  targets: Uint32Array,
  isDropped: (place: number) => boolean,
  add: Adding,
): HeardList {
  const said = answers.map((scores) => {
    const measured = new Float32Array(scores.length)
    add(measured, scores, 1)
    return measured
  })
  const places = new Set(targets)
  for (const measured of said) {
    for (const place of topK(measured, reach)) {
      if (measured[place] !== 0 && !isDropped(place)) places.add(place)
    }
  }
  let unsaidCount = 0
  for (let place = 0; place < answers[0]!.length; place++) {
    const isUnsaid = said.every((measured) => measured[place] === 0)
    if (isUnsaid && !places.has(place) && !isDropped(place)) unsaidCount++
  }
  const some = Uint32Array.from(places)
  return {
    said: said.map((measured) => Float32Array.from(some, (place) => measured[place]!)),
    targetCount: new Set(targets).size,
    unsaidCount,
  }
}

function meanGain(lists: readonly HeardList[], shares: readonly number[], k: number): number {
  let gain = 0
  for (const { said, targetCount, unsaidCount } of lists) {
    const total = new Float32Array(said[0]!.length)
    for (const [voice, scores] of said.entries()) {
      const share = shares[voice]!
      if (share === 0) continue
      for (let place = 0; place < total.length; place++) total[place]! += share * scores[place]!
    }
    const targets = Array.from({ length: targetCount }, (_, place) => place)
    const ranks = tiedRanks(total, targets).map(({ above, tied }, place) => ({
      above: total[place]! < 0 ? above + unsaidCount : above,
      tied: total[place] === 0 ? tied + unsaidCount : tied,
    }))
    gain += expectedNdcg(ranks, k)
  }
  return gain / lists.length
}

/**
 * Begins with the best alone; then one share after the other goes where it is best, given the
 * others, until none moves. Begun all together, many voices that say much the same stay in each
 * other's way.
 */
async function climbed(
  count: number,
  worth: (shares: readonly number[]) => number,
  pace: Pace,
): Promise<readonly number[]> {
  const alone = Array.from({ length: count }, (_, voice) =>
    Array.from({ length: count }, (_, other) => Number(other === voice)),
  )
  const values = alone.map(worth)
  let best = Math.max(...values)
  let shares: readonly number[] = alone[values.indexOf(best)]!
  for (let pass = 0; pass < passes; pass++) {
    const before = best
    for (let voice = 0; voice < count; voice++) {
      const now = shares
      // One that is left out comes in by the measure of the loudest.
      const own = now[voice]! > 0 ? now[voice]! : Math.max(...now)
      for (const factor of factors) {
        const moved = now.with(voice, factor * own)
        if (moved.every((share) => share === 0)) continue
        const value = worth(moved)
        if (value > best) [shares, best] = [moved, value]
      }
      await pace.rest()
    }
    if (best === before) break
  }
  const loudest = Math.max(...shares)
  return shares.map((share) => share / loudest)
}

function placesOf({ candidates }: Question, targets: Uint32Array): Uint32Array {
  return candidates === undefined ? targets : targets.map((target) => candidates.indexOf(target))
}

/** What was met before is left out of lists, but for a target that comes again. */
function droppedOf({ past, candidates }: Question, dropsPast: boolean) {
  const met = new Set(dropsPast ? past : [])
  return (place: number): boolean => met.has(candidates === undefined ? place : candidates[place]!)
}

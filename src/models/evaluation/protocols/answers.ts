import { invalid } from '../../../error.ts'
import { topK } from '../../../kernel/top-k.ts'
import { openPace } from '../../pace.ts'
import { type TiedRank, tiedRanks } from '../tied-rank.ts'
import type { JudgeOptions } from './protocol.ts'
import type { Asked, Question, Recommender } from './question.ts'

/** Where the targets of each question stood: all that metrics of lists are made of. */
export interface Answers {
  /** By question, in the places of its targets. */
  readonly ranks: readonly (readonly TiedRank[])[]
  /** By question: how many things were ranked, targets included. */
  readonly rankedCounts: Uint32Array
  /** By question, the first of the list as ordinals; empty unless a length was asked for. */
  readonly pages: readonly Uint32Array[]
}

/** Questions that are asked at once. */
const batch = 64

/**
 * Asks all questions, leaves out what was met before where the protocol says so, and looks where
 * the targets stand, ties in no order. A target that was met before is looked for all the same.
 */
export async function askAll(
  recommender: Recommender,
  { questions, targets, dropsPast }: Asked,
  {
    pageLength = 0,
    signal,
    onProgress,
  }: Omit<JudgeOptions, 'k'> & { readonly pageLength?: number } = {},
): Promise<Answers> {
  if (questions.length === 0) throw invalid('test', 'asks for nobody: it must hold one at least')
  const pace = openPace(signal)
  const ranks: (readonly TiedRank[])[] = []
  const pages: Uint32Array[] = []
  const rankedCounts = new Uint32Array(questions.length)
  for (let from = 0; from < questions.length; from += batch) {
    const asked = questions.slice(from, from + batch)
    const answers = await recommender.score(asked)
    let work = 0
    for (const [index, question] of asked.entries()) {
      const scores = answers[index]!
      const places = placesOf(question, targets[from + index]!)
      rankedCounts[from + index] = scores.length - (dropsPast ? drop(scores, question, places) : 0)
      ranks.push(tiedRanks(scores, places))
      if (pageLength > 0) pages.push(pageOf(scores, question, pageLength))
      work += 8 * scores.length
    }
    if (pace.due(work)) await pace.rest()
    onProgress?.(Math.min(1, (from + batch) / questions.length))
  }
  return { ranks, rankedCounts, pages }
}

/** Where the targets' scores stand. */
function placesOf({ candidates }: Question, targets: Uint32Array): Uint32Array {
  if (candidates === undefined) return targets
  return targets.map((target) => {
    const place = candidates.indexOf(target)
    if (place < 0) throw invalid('candidates', `lack the target ${target}`)
    return place
  })
}

/** Puts what was met before last; returns how many things that were. */
function drop(scores: Float32Array, { past, candidates }: Question, places: Uint32Array): number {
  if (candidates !== undefined) return 0
  const wanted = Float32Array.from(places, (place) => scores[place]!)
  for (const item of past) scores[item] = Number.NEGATIVE_INFINITY
  for (const [index, place] of places.entries()) scores[place] = wanted[index]!
  const left = new Set(past)
  for (const place of places) left.delete(place)
  return left.size
}

function pageOf(scores: Float32Array, { candidates }: Question, length: number): Uint32Array {
  const page = topK(scores, length)
  return candidates === undefined ? page : page.map((place) => candidates[place]!)
}

import { topK } from '../../kernel/top-k.ts'
import type { Artifact, SequenceModel } from '../model.ts'
import { joinWeights, readArtifact } from '../weights.ts'

export interface MarkovModel extends SequenceModel {
  readonly kind: 'markov'

  /** What follows an item, the likeliest first. Both arrays are views of the model's own. */
  followers(item: number): { readonly items: Uint32Array; readonly weights: Float32Array }
}

/** What follows item i stands at starts[i] ... starts[i + 1] - 1. */
export interface MarkovParts {
  readonly starts: Uint32Array
  readonly items: Uint32Array
  readonly weights: Float32Array
  /** By item, what it scores before anything was met. */
  readonly prior: Float32Array
  /** How many of the last items speak. */
  readonly memory: number
  /** How much the last item's word counts, and how much less that of each before it. */
  readonly strength: number
  readonly decay: number
  /** How much what follows the followers counts, 0 where they are not asked. */
  readonly further: number
}

/** Followers that are asked what follows them: the likeliest, as a bound of a request's cost. */
const furtherMax = 200

export function markovModel(parts: MarkovParts): MarkovModel {
  const { starts, items, weights, prior, memory, strength, decay, further } = parts
  const itemCount = prior.length
  const tell = (item: number, share: number, scores: Float32Array): void => {
    for (let place = starts[item]!; place < starts[item + 1]!; place++) {
      const other = items[place]!
      scores[other] = scores[other]! + share * weights[place]!
    }
  }
  return {
    kind: 'markov',
    itemCount,
    next(sequence) {
      const scores = prior.slice()
      let share = strength
      for (let back = 1; back <= Math.min(memory, sequence.length); back++) {
        tell(sequence[sequence.length - back]!, share, scores)
        share *= decay
      }
      if (further === 0) return scores
      const farther = scores.slice()
      for (const item of topK(scores, furtherMax)) tell(item, further * scores[item]!, farther)
      return farther
    },
    followers(item) {
      const [from, to] = [starts[item]!, starts[item + 1]!]
      return { items: items.subarray(from, to), weights: weights.subarray(from, to) }
    },
    save() {
      const counts = { itemCount, pairCount: items.length }
      const header = { kind: 'markov', ...counts, memory, strength, decay, further }
      return { header, weights: joinWeights([starts, items, weights, prior]) }
    },
  }
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadMarkov(artifact: Artifact): MarkovModel {
  const reader = readArtifact(artifact, 'markov')
  const [itemCount, pairCount] = [reader.count('itemCount'), reader.count('pairCount')]
  const parts = {
    memory: reader.count('memory'),
    strength: reader.number('strength'),
    decay: reader.number('decay'),
    further: reader.number('further'),
    starts: reader.uint32(itemCount + 1),
    items: reader.uint32(pairCount),
    weights: reader.float32(pairCount),
    prior: reader.float32(itemCount),
  }
  reader.end()
  return markovModel(parts)
}

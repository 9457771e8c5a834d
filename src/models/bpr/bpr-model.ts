import { dot } from '../../kernel/linear/dot.ts'
import { rowProducts } from '../../kernel/linear/row-products.ts'
import { seededRandom } from '../../kernel/random.ts'
import type { Artifact, HistoryModel } from '../model.ts'
import { joinWeights, readArtifact } from '../weights.ts'

/**
 * Users and items as vectors that were moved step by step: their product says how far up an item
 * stands for a user, and is no probability.
 */
export interface BprModel extends HistoryModel {
  readonly kind: 'bpr'
  readonly dims: number
  readonly userCount: number
  /** userCount × (dims + 1), the last of a row 1. */
  readonly users: Float32Array
  /** itemCount × (dims + 1), the last of a row the item's bias; zeros for items nobody met. */
  readonly items: Float32Array

  /** As `score`, for a user of those learned from; ordinals as they were there. */
  scoreUser(user: number): Float32Array

  /**
   * The vector of a user from what they did: steps as in training, while the items stand still.
   * What was done twice, or weighs more, counts once. Zeros where the history is empty.
   */
  foldIn(items: Uint32Array): Float32Array
}

/** What a fit leaves behind, and a saved model holds. */
export interface BprParts {
  readonly dims: number
  readonly regularization: number
  readonly users: Float32Array
  readonly items: Float32Array
}

export function bprModel(parts: BprParts): BprModel {
  const { dims, regularization, users, items } = parts
  const width = dims + 1
  const userCount = users.length / width
  const itemCount = items.length / width
  const scoresOf = (vector: Float32Array): Float32Array => {
    const products = rowProducts(items, width, vector)
    // Above 0 and in the same order: 0 is left for what nobody met.
    return products.map((value, item) => (isZero(items, item * width, width) ? 0 : softplus(value)))
  }
  const foldIn = folding(parts)
  return {
    kind: 'bpr',
    ...{ dims, userCount, itemCount, users, items, foldIn },
    score(history) {
      if (history.length === 0) return new Float32Array(itemCount)
      return scoresOf(foldIn(history))
    },
    scoreUser: (user) => scoresOf(users.subarray(user * width, (user + 1) * width)),
    save() {
      const header = { kind: 'bpr', dims, userCount, itemCount, regularization }
      return { header, weights: joinWeights([users, items]) }
    },
  }
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadBpr(artifact: Artifact): BprModel {
  const reader = readArtifact(artifact, 'bpr')
  const dims = reader.count('dims')
  const parts = {
    dims,
    regularization: reader.number('regularization'),
    users: reader.float32(reader.count('userCount') * (dims + 1)),
    items: reader.float32(reader.count('itemCount') * (dims + 1)),
  }
  reader.end()
  return bprModel(parts)
}

/** Steps of a fold-in: some thirty for each item of a short history, and no more for a long one. */
const stepsPerItem = 30
const stepsMax = 3_000
const foldRate = 0.1

/** Pairs against items by chance, always the same, as in Rendle et al. 2009. */
function folding({ dims, regularization, items }: BprParts): BprModel['foldIn'] {
  const width = dims + 1
  const known: number[] = []
  for (let item = 0; item < items.length / width; item++) {
    if (!isZero(items, item * width, width)) known.push(item)
  }
  return (history) => {
    const vector = new Float32Array(width)
    const met = history.filter((item) => !isZero(items, item * width, width))
    if (met.length === 0) return vector
    vector[dims] = 1
    const among = new Set(met)
    const random = seededRandom('fold in')
    const stepCount = Math.min(stepsMax, stepsPerItem * met.length)
    for (let step = 0; step < stepCount; step++) {
      const liked = met[step % met.length]! * width
      const drawn = known[random.below(known.length)]!
      if (among.has(drawn)) continue
      const other = drawn * width
      const lead = dot(items, liked, vector, 0, width) - dot(items, other, vector, 0, width)
      // Smaller and smaller: what is left of the last draws is little.
      const rate = foldRate / Math.sqrt(1 + step / met.length)
      const pull = rate / (1 + Math.exp(lead))
      const keep = 1 - rate * regularization
      for (let k = 0; k < dims; k++) {
        vector[k] = keep * vector[k]! + pull * (items[liked + k]! - items[other + k]!)
      }
    }
    return vector
  }
}

/** ln(1 + eˣ), which keeps the order of what is far below 0 too. */
export function softplus(x: number): number {
  return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x))
}

/** Nobody met the item: not even its bias was learned. */
function isZero(items: Float32Array, start: number, width: number): boolean {
  for (let k = 0; k < width; k++) if (items[start + k] !== 0) return false
  return true
}

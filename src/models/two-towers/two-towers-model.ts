import { rowProducts } from '../../kernel/linear/row-products.ts'
import { chancesOf } from '../blend/chances.ts'
import type { Artifact, HistoryModel } from '../model.ts'
import { joinWeights, readArtifact } from '../weights.ts'

/** A vector of who asks and one of each item: what recall by inner product looks through. */
export interface TwoTowersModel extends HistoryModel {
  readonly kind: 'two-towers'
  readonly dims: number
  /** itemCount × dims; zeros for items nobody met. */
  readonly itemVectors: Float32Array

  /** What a history asks for; zeros where it says nothing. */
  vectorOf(items: Uint32Array, weights: Float32Array): Float32Array
}

export interface TwoTowersParts {
  readonly dims: number
  /** Width of the layer between. */
  readonly hidden: number
  /** itemCount × dims: what an item tells of whoever met it. */
  readonly met: Float32Array
  /** itemCount × dims: what an item is offered by. */
  readonly offered: Float32Array
  /** dims × hidden and its bias, then hidden × dims and its bias. */
  readonly inner: Float32Array
  readonly innerBias: Float32Array
  readonly outer: Float32Array
  readonly outerBias: Float32Array
}

/**
 * Scores are the chances, by softmax, that an item is what comes next: above 0 for all that anybody
 * met, so that a source proposes what it ranks.
 */
export function twoTowersModel(parts: TwoTowersParts): TwoTowersModel {
  const { dims, hidden, met, offered } = parts
  const itemCount = offered.length / dims
  const isKnown = (item: number): boolean => {
    for (let k = 0; k < dims; k++) if (offered[item * dims + k] !== 0) return true
    return false
  }
  const known = Uint8Array.from({ length: itemCount }, (_, item) => Number(isKnown(item)))
  const vectorOf: TwoTowersModel['vectorOf'] = (items, weights) => {
    const mean = new Float32Array(dims)
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    for (const [place, item] of items.entries()) {
      const share = weights[place]! / total
      for (let k = 0; k < dims; k++) mean[k] = mean[k]! + share * met[item * dims + k]!
    }
    return items.length === 0 ? mean : tower(parts, mean)
  }
  return {
    ...{ kind: 'two-towers', dims, itemCount, itemVectors: offered, vectorOf },
    score(items, weights) {
      if (items.length === 0) return new Float32Array(itemCount)
      const scores = rowProducts(offered, dims, vectorOf(items, weights))
      for (const [item, isOne] of known.entries()) if (!isOne) scores[item] = nothing
      return chancesOf(scores)
    },
    save() {
      const { inner, innerBias, outer, outerBias } = parts
      return {
        header: { kind: 'two-towers', dims, hidden, itemCount },
        weights: joinWeights([met, offered, inner, innerBias, outer, outerBias]),
      }
    },
  }
}

/** The score of what is never offered. */
const nothing = Number.NEGATIVE_INFINITY

/** x + W₂ relu(W₁ x + b₁) + b₂: the layer adds to the mean instead of replacing it. */
function tower(parts: TwoTowersParts, x: Float32Array): Float32Array {
  const { dims, hidden, inner, innerBias, outer, outerBias } = parts
  const between = innerBias.slice()
  for (let k = 0; k < dims; k++) {
    for (let h = 0; h < hidden; h++) between[h] = between[h]! + x[k]! * inner[k * hidden + h]!
  }
  const vector = x.map((value, k) => value + outerBias[k]!)
  for (let h = 0; h < hidden; h++) {
    const value = Math.max(0, between[h]!)
    for (let k = 0; k < dims; k++) vector[k] = vector[k]! + value * outer[h * dims + k]!
  }
  return vector
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadTwoTowers(artifact: Artifact): TwoTowersModel {
  const reader = readArtifact(artifact, 'two-towers')
  const [dims, hidden] = [reader.count('dims'), reader.count('hidden')]
  const size = reader.count('itemCount') * dims
  const parts = {
    ...{ dims, hidden, met: reader.float32(size), offered: reader.float32(size) },
    ...{ inner: reader.float32(dims * hidden), innerBias: reader.float32(hidden) },
    ...{ outer: reader.float32(hidden * dims), outerBias: reader.float32(dims) },
  }
  reader.end()
  return twoTowersModel(parts)
}

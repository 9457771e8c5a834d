import { rowProducts } from '../../kernel/linear/row-products.ts'
import type { Artifact, HistoryModel } from '../model.ts'
import { joinWeights, readArtifact } from '../weights.ts'

/** Items as directions: those that go together point the same way. */
export interface ItemVectorsModel extends HistoryModel {
  readonly dims: number
  /** itemCount × dims, each of length 1; zeros for items nobody met. */
  readonly vectors: Float32Array

  /** The direction that a history points to; zeros where it points to none. */
  directionOf(items: Uint32Array, weights: Float32Array): Float32Array
}

/** Vectors of any length; of some number of items. */
export function itemVectorsModel(
  kind: string,
  dims: number,
  vectors: Float32Array,
): ItemVectorsModel {
  return ofDirections(kind, dims, asDirections(vectors, dims))
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadItemVectors(artifact: Artifact, kind: string): ItemVectorsModel {
  const reader = readArtifact(artifact, kind)
  const dims = reader.count('dims')
  const vectors = reader.float32(reader.count('itemCount') * dims)
  reader.end()
  return ofDirections(kind, dims, vectors)
}

function ofDirections(kind: string, dims: number, vectors: Float32Array): ItemVectorsModel {
  const itemCount = vectors.length / dims
  const directionOf = (items: Uint32Array, weights: Float32Array): Float32Array => {
    const sum = new Float32Array(dims)
    for (const [place, item] of items.entries()) {
      for (let k = 0; k < dims; k++) {
        sum[k] = sum[k]! + weights[place]! * vectors[item * dims + k]!
      }
    }
    return asDirections(sum, dims)
  }
  return {
    ...{ kind, itemCount, dims, vectors, directionOf },
    score(items, weights) {
      const direction = directionOf(items, weights)
      if (isZero(direction, 0, dims)) return new Float32Array(itemCount)
      // Half of one more than the cosine, above 0: 0 is left for what nobody met.
      return rowProducts(vectors, dims, direction).map((cosine, item) =>
        isZero(vectors, item * dims, dims) ? 0 : Math.max(Number.EPSILON, (1 + cosine) / 2),
      )
    },
    save() {
      return { header: { kind, dims, itemCount }, weights: joinWeights([vectors]) }
    },
  }
}

function asDirections(vectors: Float32Array, dims: number): Float32Array {
  const directions = new Float32Array(vectors.length)
  for (let start = 0; start < vectors.length; start += dims) {
    let squares = 0
    for (let k = 0; k < dims; k++) squares += vectors[start + k]! ** 2
    if (squares === 0) continue
    const scale = 1 / Math.sqrt(squares)
    for (let k = 0; k < dims; k++) directions[start + k] = scale * vectors[start + k]!
  }
  return directions
}

function isZero(vectors: Float32Array, start: number, dims: number): boolean {
  for (let k = 0; k < dims; k++) if (vectors[start + k] !== 0) return false
  return true
}

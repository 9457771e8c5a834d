import { StarlingError } from '../../error.ts'
import type { ArtifactReader } from '../weights.ts'

/**
 * Decision trees over numbers: the score of a row is `base` and the value of the leaf it comes to
 * in each tree. A node with a feature sends rows left whose value is at most its threshold.
 *
 * Nodes lie one tree behind the other, children behind their parents.
 */
export interface Ensemble {
  readonly base: number
  readonly featureCount: number
  /** The first node of each tree. */
  readonly roots: Uint32Array
  /** 1 + the feature that a node asks; 0 for a leaf. */
  readonly asks: Uint32Array
  readonly thresholds: Float32Array
  readonly lefts: Uint32Array
  readonly rights: Uint32Array
  /** 1 where rows go left whose value is missing, which is NaN. */
  readonly missingLeft: Uint32Array
  /** What a leaf adds to the score. */
  readonly values: Float64Array
  /** Rows of the training that came here. */
  readonly covers: Float64Array
  /** By how much a node's question made the loss less; 0 for a leaf. */
  readonly gains: Float32Array
}

/** A column of rowCount values, or of one that holds for every row. */
export type TreeColumn = Float32Array

/** Adds to each score the leaves of the trees from `first` on. */
export function addScores(
  { roots, asks, thresholds, lefts, rights, missingLeft, values }: Ensemble,
  columns: readonly TreeColumn[],
  scores: Float64Array,
  first = 0,
): void {
  const steps = columns.map((column) => (column.length === 1 ? 0 : 1))
  for (let tree = first; tree < roots.length; tree++) {
    const root = roots[tree]!
    for (let row = 0; row < scores.length; row++) {
      let node = root
      let ask = asks[node]!
      while (ask !== 0) {
        const value = columns[ask - 1]![row * steps[ask - 1]!]!
        // A comparison with NaN is false.
        const left = value <= thresholds[node]! || (Number.isNaN(value) && missingLeft[node] === 1)
        node = left ? lefts[node]! : rights[node]!
        ask = asks[node]!
      }
      scores[row]! += values[node]!
    }
  }
}

/** The gains of each feature's questions, summed: what it was worth. */
export function importanceOf({ asks, gains, featureCount }: Ensemble): Float64Array {
  const sums = new Float64Array(featureCount)
  for (let node = 0; node < asks.length; node++) {
    if (asks[node] !== 0) sums[asks[node]! - 1]! += gains[node]!
  }
  return sums
}

/** The first trees alone. */
export function firstTrees(ensemble: Ensemble, count: number): Ensemble {
  const end = ensemble.roots[count] ?? ensemble.asks.length
  return {
    base: ensemble.base,
    featureCount: ensemble.featureCount,
    roots: ensemble.roots.slice(0, count),
    asks: ensemble.asks.slice(0, end),
    thresholds: ensemble.thresholds.slice(0, end),
    lefts: ensemble.lefts.slice(0, end),
    rights: ensemble.rights.slice(0, end),
    missingLeft: ensemble.missingLeft.slice(0, end),
    values: ensemble.values.slice(0, end),
    covers: ensemble.covers.slice(0, end),
    gains: ensemble.gains.slice(0, end),
  }
}

/** In the order in which `readEnsemble` takes them. */
export function ensembleArrays(ensemble: Ensemble) {
  return [
    Float64Array.of(ensemble.base, ensemble.roots.length, ensemble.asks.length),
    ensemble.roots,
    ensemble.asks,
    ensemble.thresholds,
    ensemble.lefts,
    ensemble.rights,
    ensemble.missingLeft,
    ensemble.values,
    ensemble.covers,
    ensemble.gains,
  ]
}

/** Throws `data_loss` for trees that lead nowhere, or round and round. */
export function readEnsemble(reader: ArtifactReader, featureCount: number): Ensemble {
  const [base, treeCount, nodeCount] = Array.from(reader.float64(3)) as [number, number, number]
  const areCounts = Number.isInteger(treeCount) && Number.isInteger(nodeCount)
  if (!(areCounts && treeCount >= 0 && treeCount <= nodeCount && Number.isFinite(base))) {
    throw damaged(`${treeCount} trees of ${nodeCount} nodes`)
  }
  const ensemble = {
    base,
    featureCount,
    roots: reader.uint32(treeCount),
    asks: reader.uint32(nodeCount),
    thresholds: reader.float32(nodeCount),
    lefts: reader.uint32(nodeCount),
    rights: reader.uint32(nodeCount),
    missingLeft: reader.uint32(nodeCount),
    values: reader.float64(nodeCount),
    covers: reader.float64(nodeCount),
    gains: reader.float32(nodeCount),
  }
  const { roots, asks, lefts, rights } = ensemble
  const root = roots.find((node) => node >= nodeCount)
  if (root !== undefined) throw damaged(`a tree begins at node ${root} of ${nodeCount}`)
  for (let node = 0; node < nodeCount; node++) {
    if (asks[node] === 0) continue
    const children = [lefts[node]!, rights[node]!]
    const sound = children.every((child) => child > node && child < nodeCount)
    if (!sound || asks[node]! > featureCount) throw damaged(`node ${node} leads nowhere`)
  }
  return ensemble
}

function damaged(message: string): StarlingError {
  return new StarlingError('data_loss', `saved trees: ${message}`)
}

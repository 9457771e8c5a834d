import { batchProducts } from '../batch-products.ts'
import { inParts } from '../in-parts.ts'
import { type Interactions, transposed } from '../interactions.ts'
import type { Artifact, History, HistoryModel } from '../model.ts'
import { loadedGraph, savedGraph } from './kept-graph.ts'
import { fillSpectrum, type LowFrequencies } from './low-frequencies.ts'

/** A filter over the graph of users and items: near neighbours, and what is common to all. */
export interface SpectralModel extends HistoryModel {
  readonly kind: 'spectral'
}

export interface SpectralParts extends LowFrequencies {
  /** How much the directions count beside the neighbours. */
  readonly share: number
}

/** Histories whose spectra are held against the directions at once. */
const historiesAtOnce = 16

/**
 * r R̃ᵀR̃ + share · r D^-½ U Uᵀ D^½ (Shen et al. 2021, GF-CF, eq. 16), where r is what the user
 * met.
 */
export function spectralModel(parts: SpectralParts): SpectralModel {
  const { normalized, itemRoots, directions, rank, share } = parts
  const itemCount = normalized.columnCount
  const addNeighbors = neighborsOf(normalized)
  const products = batchProducts(directions, rank, historiesAtOnce)
  const near = new Float64Array(itemCount)
  const spectrum = new Float64Array(rank)
  const scoreSome = (histories: readonly History[]): readonly Float32Array[] => {
    const common = products.of(histories.length, (place, vector) => {
      fillSpectrum(parts, histories[place]!, spectrum)
      vector.set(spectrum)
    })
    return histories.map((history, index) => {
      const scores = new Float32Array(itemCount)
      if (history.items.length === 0) return scores
      near.fill(0)
      addNeighbors(history, near)
      const own = common[index]!
      for (let item = 0; item < itemCount; item++) {
        scores[item] = near[item]! + share * own[item]! * itemRoots[item]!
      }
      return scores
    })
  }
  return {
    ...{ kind: 'spectral', itemCount },
    scoreAll: (histories) => inParts(histories, historiesAtOnce, scoreSome),
    score: (items, weights) => scoreSome([{ items, weights }])[0]!,
    save: () => savedGraph(parts, { kind: 'spectral', share }),
  }
}

/** Two steps over the graph: who met what the user met, and what they met besides. */
function neighborsOf(normalized: Interactions) {
  const byItem = transposed(normalized)
  const users = new Float64Array(normalized.rowCount)
  const met = new Uint32Array(normalized.rowCount)
  return ({ items, weights }: History, scores: Float64Array): void => {
    let metCount = 0
    for (const [index, item] of items.entries()) {
      const weight = weights[index]!
      const end = byItem.starts[item + 1]!
      for (let cell = byItem.starts[item]!; cell < end; cell++) {
        const user = byItem.columns[cell]!
        const before = users[user]!
        if (before === 0) met[metCount++] = user
        users[user] = before + weight * byItem.weights[cell]!
      }
    }
    for (let place = 0; place < metCount; place++) {
      const user = met[place]!
      const strength = users[user]!
      users[user] = 0
      const end = normalized.starts[user + 1]!
      for (let cell = normalized.starts[user]!; cell < end; cell++) {
        const item = normalized.columns[cell]!
        scores[item] = scores[item]! + strength * normalized.weights[cell]!
      }
    }
  }
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadSpectral(artifact: Artifact): SpectralModel {
  const { graph, reader } = loadedGraph(artifact, 'spectral')
  return spectralModel({ ...graph, share: reader.number('share') })
}

import { openArena } from '../../kernel/wasm/arena.ts'
import { sparseKernels } from '../../kernel/wasm/sparse-kernels.ts'
import { inParts } from '../in-parts.ts'
import { transposed } from '../interactions.ts'
import type { Artifact, History, HistoryModel } from '../model.ts'
import { loadedGraph, savedGraph } from './kept-graph.ts'
import { fillSpectrum, type LowFrequencies, laid } from './low-frequencies.ts'
import { type Sharpening, sharpeningFilter } from './sharpening.ts'

/** A filter over the graph of users and items that blurs, and then sharpens. */
export interface BspmModel extends HistoryModel {
  readonly kind: 'bspm'
}

export interface BspmParts extends LowFrequencies {
  /** How much the directions count beside the neighbours. */
  readonly share: number
  readonly sharpening: Sharpening
}

/** Histories that go through the graph at once: a line of the cache or two for each node. */
const historiesAtOnce = 32

/**
 * y₀ p(P), where P = R̃ᵀR̃, y₀ = r P + share · r D^-½ U Uᵀ D^½ and r is what the user met; p is
 * what the solver makes of dr/dt = -r P (Choi et al. 2023, BSPM).
 *
 * P is never written down: each of its powers is two passes over who met what.
 */
export function bspmModel(parts: BspmParts): BspmModel {
  const { itemRoots, share, sharpening, normalized, rank } = parts
  const filter = filterOf(parts)
  return {
    ...{ kind: 'bspm', itemCount: normalized.columnCount },
    scoreAll: (histories) => inParts(histories, historiesAtOnce, filter.score),
    score: (items, weights) => filter.score([{ items, weights }])[0]!,
    save() {
      const graph = { normalized, itemRoots, rank, directions: filter.directions }
      return savedGraph(graph, { kind: 'bspm', share, ...sharpening })
    },
  }
}

function filterOf(parts: BspmParts) {
  const { normalized, rank, share, itemRoots } = parts
  const { rowCount: userCount, columnCount: itemCount } = normalized
  const { coefficients, blurredShare } = sharpeningFilter(parts.sharpening)
  const degree = coefficients.length - 1
  const matrixNumbers = 4 * normalized.columns.length + userCount + itemCount + 2
  const spreadNumbers = (userCount + 3 * itemCount + rank) * historiesAtOnce
  const numbers = matrixNumbers + spreadNumbers + itemCount * (rank + 1)
  const arena = openArena({ sizeBytes: 4 * numbers + 14 * 64 })
  const kernels = sparseKernels(arena)
  const transpose = transposed(normalized)
  const [byUser, byItem] = [laid(normalized, arena), laid(transpose, arena)]
  // The only copy that is kept: of large catalogues it is what memory goes to.
  const directions = arena.float32(itemCount * rank)
  directions.set(parts.directions)
  const scales = arena.float32(itemCount)
  scales.set(itemRoots.map((root) => share * root))
  const empty = arena.mark()

  /** What histories are along the directions: rank × lanes. */
  const spectraOf = (histories: readonly History[], lanes: number): Float32Array => {
    const spectra = arena.float32(rank * lanes).fill(0)
    const own = new Float64Array(rank)
    for (const [lane, history] of histories.entries()) {
      fillSpectrum({ itemRoots, directions, rank }, history, own)
      for (let k = 0; k < rank; k++) spectra[k * lanes + lane] = own[k]!
    }
    return spectra
  }
  /** Who met what the histories hold: userCount × lanes. */
  const fillUsers = (users: Float32Array, histories: readonly History[], lanes: number): void => {
    users.fill(0)
    for (const [lane, { items, weights }] of histories.entries()) {
      for (const [index, item] of items.entries()) {
        const end = byItem.starts[item + 1]!
        for (let cell = byItem.starts[item]!; cell < end; cell++) {
          users[byItem.columns[cell]! * lanes + lane]! += weights[index]! * byItem.weights[cell]!
        }
      }
    }
  }
  const score = (histories: readonly History[]): readonly Float32Array[] => {
    arena.release(empty)
    const lanes = Math.ceil(histories.length / 4) * 4
    const users = arena.float32(userCount * lanes)
    const [blurred, start, now] = [
      arena.float32(itemCount * lanes),
      arena.float32(itemCount * lanes),
      arena.float32(itemCount * lanes),
    ]
    fillUsers(users, histories, lanes)
    kernels.addCells(byItem, { from: users, to: blurred, width: lanes })
    start.set(blurred)
    if (share > 0) kernels.addDense(directions, scales, spectraOf(histories, lanes), lanes, start)
    // Horner's rule, from the highest power down.
    for (let power = degree - 1; power >= 0; power--) {
      const isFirst = power === degree - 1
      kernels.addCells(byUser, { from: isFirst ? start : now, to: users, width: lanes })
      const factor = isFirst ? coefficients[degree]! : 1
      const sum = { factor, keep: coefficients[power]!, base: start }
      kernels.addCells(byItem, { from: users, to: now, width: lanes, ...sum })
    }
    const scored = histories.map(() => new Float32Array(itemCount))
    for (let item = 0, at = 0; item < itemCount; item++, at += lanes) {
      for (let lane = 0; lane < scored.length; lane++) {
        scored[lane]![item] = now[at + lane]! + blurredShare * blurred[at + lane]!
      }
    }
    return scored
  }
  return { score, directions }
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadBspm(artifact: Artifact): BspmModel {
  const { graph, reader } = loadedGraph(artifact, 'bspm')
  const { solver, states } = artifact.header
  return bspmModel({
    ...{ ...graph, share: reader.number('share') },
    sharpening: {
      solver: solver === 'euler' || solver === 'exact' ? solver : 'rk4',
      states: states === 'mean' ? 'mean' : 'last',
      time: reader.number('time'),
      steps: reader.count('steps'),
    },
  })
}

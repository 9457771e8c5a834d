import { broken } from '../../error.ts'
import { solveCholesky } from '../../kernel/linear/cholesky.ts'
import { addGram } from '../../kernel/linear/gram.ts'
import type { Footing } from '../../kernel/linear/preference-step.ts'
import { rowProducts } from '../../kernel/linear/row-products.ts'
import type { LearnedLists } from '../../kernel/nearest/nearest.ts'
import type { Artifact, HistoryModel } from '../model.ts'
import { joinWeights, readArtifact } from '../weights.ts'
import { listArrays, listEntries, readLists } from './kept-lists.ts'

/** Items as vectors whose inner product with a user's vector is the preference to be expected. */
export interface IalsModel extends HistoryModel {
  readonly kind: 'ials'
  readonly dims: number
  /** itemCount × dims, an item after the other. */
  readonly items: Float32Array
  /** The gram matrix of `items`, dims × dims. */
  readonly gram: Float64Array

  /**
   * The vector of a user from what they did: the exact solution of the user's half of the last
   * sweep. Zeros where the history is empty. At 32 dimensions and 20 items it takes some 30 µs.
   */
  foldIn(items: Uint32Array, weights: Float32Array): Float32Array

  /** What a user's vector stands on before anything is known of them. */
  readonly footing: Footing

  /** In which lists the items lie, where there are so many that it was learned. */
  readonly lists?: LearnedLists
  /** The same by directions alone, for what goes with an item. */
  readonly alike?: LearnedLists

  /** What vectors are penalised by, of users that are folded in too. */
  readonly penalty: Penalty
}

/** What a vector is penalised by for its length. */
export interface Penalty {
  /** lambda > 0 */
  readonly regularization: number
  /** nu in [0, 1]: 0 penalises all alike, 1 the more the more is known. */
  readonly frequencyPower: number
  /** How much more than an empty cell a cell of weight 1 is believed, > 0. */
  readonly alpha: number
}

/** What a fit leaves behind, and a saved model holds; lists are learned of it afterwards. */
export interface IalsParts extends Penalty {
  readonly dims: number
  readonly items: Float32Array
  readonly gram: Float64Array
  readonly lists?: LearnedLists
  readonly alike?: LearnedLists
}

const alikeWord = 'alike '

/**
 * lambda (cells + others / alpha)^nu, for a vector that met `cellCount` of `otherCount`: Rendle et
 * al. 2021, whose weight of an empty cell is 1 / alpha here, and whose lambda is this one
 * over alpha, since they give a known cell the weight 1.
 */
export function penaltyOf(options: Penalty, cellCount: number, otherCount: number): number {
  const { regularization, frequencyPower, alpha } = options
  return regularization * (cellCount + otherCount / alpha) ** frequencyPower
}

export function ialsModel(parts: IalsParts): IalsModel {
  const { dims, items, gram, lists, alike } = parts
  const itemCount = items.length / dims
  const foldIn = userSolver(parts)
  return {
    kind: 'ials',
    dims,
    itemCount,
    items,
    gram,
    foldIn,
    footing: footingOf(parts),
    penalty: parts,
    ...(lists && { lists }),
    ...(alike && { alike }),
    score(history, weights) {
      return rowProducts(items, dims, foldIn(history, weights))
    },
    save() {
      const { alpha, regularization, frequencyPower } = parts
      const header = { kind: 'ials', dims, itemCount, alpha, regularization, frequencyPower }
      return {
        header: { ...header, ...listEntries(lists), ...listEntries(alike, alikeWord) },
        weights: joinWeights([items, gram, ...listArrays(lists), ...listArrays(alike)]),
      }
    },
  }
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadIals(artifact: Artifact): IalsModel {
  const reader = readArtifact(artifact, 'ials')
  const dims = reader.count('dims')
  const parts = {
    dims,
    alpha: reader.number('alpha'),
    regularization: reader.number('regularization'),
    frequencyPower: reader.number('frequencyPower'),
    items: reader.float32(reader.count('itemCount') * dims),
    gram: reader.float64(dims * dims),
  }
  const lists = readLists(artifact.header, reader)
  const alike = readLists(artifact.header, reader, alikeWord)
  reader.end()
  return ialsModel({ ...parts, ...(lists && { lists }), ...(alike && { alike }) })
}

/** The mean diagonal of what `userSolver` begins with, for a user of one item. */
function footingOf(parts: IalsParts): Footing {
  const { dims, items, gram, alpha } = parts
  let trace = 0
  for (let k = 0; k < dims; k++) trace += gram[k * dims + k]!
  return { alpha, stiffness: trace / dims + penaltyOf(parts, 1, items.length / dims) }
}

/** History items whose vectors are gathered at a time. */
const blockItems = 32

/** Hu, Koren and Volinsky 2008, eq. 4, by Cholesky. The scratch is shared: a call never waits. */
function userSolver(parts: IalsParts): IalsModel['foldIn'] {
  const { dims, items, gram, alpha } = parts
  const itemCount = items.length / dims
  const matrix = new Float64Array(dims * dims)
  const vector = new Float64Array(dims)
  const block = new Float64Array(blockItems * dims)
  return (history, weights) => {
    const user = new Float32Array(dims)
    if (history.length === 0) return user
    matrix.set(gram)
    vector.fill(0)
    for (let from = 0; from < history.length; from += blockItems) {
      const count = Math.min(blockItems, history.length - from)
      for (let row = 0; row < count; row++) {
        const start = history[from + row]! * dims
        const belief = alpha * weights[from + row]!
        const root = Math.sqrt(belief)
        for (let k = 0; k < dims; k++) {
          const value = items[start + k]!
          block[row * dims + k] = root * value
          vector[k] = vector[k]! + (1 + belief) * value
        }
      }
      addGram(matrix, block, count, dims)
    }
    const penalty = penaltyOf(parts, history.length, itemCount)
    for (let k = 0; k < dims; k++) matrix[k * dims + k] = matrix[k * dims + k]! + penalty
    if (!solveCholesky(matrix, dims, vector)) {
      throw broken(
        `folding in ${history.length} items: an ordinal >= ${itemCount} or a weight <= 0`,
      )
    }
    user.set(vector)
    return user
  }
}

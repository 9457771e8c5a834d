import { invalid } from '../../error.ts'
import { type Interactions, transposed } from '../interactions.ts'
import type { TrainingRun } from '../model.ts'
import type { ItemKnnModel } from './item-knn-model.ts'
import { type KeptOf, nearest } from './nearest.ts'
import { productScan } from './product-scan.ts'
import { type Weighting, weighted, weightings } from './weighting.ts'

export interface ItemKnnOptions extends Partial<TrainingRun> {
  /** How many neighbours an item keeps at most, 1 to 10,000. */
  readonly neighbors: number
  /**
   * Added to the divisor of the cosine, >= 0: pairs with little in common are believed less. Of no
   * effect with bm25, which divides by nothing.
   */
  readonly shrinkage: number
  /** Whose neighbours: of items that were met, or of those to be scored. 'met' where left out. */
  readonly keptOf?: KeptOf
  /** What is compared: the weights as they are, or those of words. 'cosine' where left out. */
  readonly weighting?: Weighting
  /**
   * How much of the divisor is the length of what was met, in [0, 1], the rest being that of what
   * is scored (Aiolli 2013): above a half popular items are held back less. A half where left out.
   */
  readonly asymmetry?: number
}

/**
 * Item neighbours by shrunken cosine, xᵢ · xⱼ / (|xᵢ|²ᵃ |xⱼ|²⁽¹⁻ᵃ⁾ + shrinkage), where x is an
 * item's column of weights and a the asymmetry, a half but for Aiolli 2013 (Sarwar et al. 2001;
 * shrinkage, weighting and `keptOf` as in Ferrari Dacrema et al. 2021); with bm25 the product
 * alone. The work is the sum, over users, of the square of what they met. `interactions` has a row
 * per user.
 *
 * Rests every few ms. Throws `invalid_argument` for options out of range.
 */
export async function fitItemKnn(
  interactions: Interactions,
  { shrinkage, weighting = 'cosine', asymmetry = 0.5, ...options }: ItemKnnOptions,
): Promise<ItemKnnModel> {
  if (!(shrinkage >= 0 && shrinkage < Number.POSITIVE_INFINITY)) {
    throw invalid('shrinkage', `${shrinkage} must be finite and >= 0`)
  }
  if (!(asymmetry >= 0 && asymmetry <= 1)) {
    throw invalid('asymmetry', `${asymmetry} must be >= 0 and <= 1`)
  }
  if (!weightings.includes(weighting)) {
    throw invalid('weighting', `"${weighting}" must be ${weightings.join(', ')}`)
  }
  const byUser = weighted(interactions, weighting)
  const byItem = transposed(byUser)
  const norms = rowNorms(byItem)
  // The item that is looked at is the one met, or the one scored.
  const own = options.keptOf === 'scored' ? 1 - asymmetry : asymmetry
  const [owns, others] = [own, 1 - own].map((share) => norms.map((norm) => norm ** (2 * share)))
  return nearest({
    ...options,
    itemCount: interactions.columnCount,
    products: productScan(byItem, byUser),
    similarity:
      weighting === 'bm25'
        ? (_item, _other, product) => product
        : (item, other, product) => product / (owns![item]! * others![other]! + shrinkage),
  })
}

function rowNorms(matrix: Interactions): Float64Array {
  const norms = new Float64Array(matrix.rowCount)
  for (let row = 0; row < matrix.rowCount; row++) {
    let sum = 0
    for (let cell = matrix.starts[row]!; cell < matrix.starts[row + 1]!; cell++) {
      sum += matrix.weights[cell]! ** 2
    }
    norms[row] = Math.sqrt(sum)
  }
  return norms
}

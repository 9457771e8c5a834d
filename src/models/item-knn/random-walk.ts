import { invalid } from '../../error.ts'
import { type Interactions, transposed } from '../interactions.ts'
import type { TrainingRun } from '../model.ts'
import { type ItemKnnModel, itemKnnModel } from './item-knn-model.ts'
import { type KeptOf, nearest } from './nearest.ts'
import { productScan } from './product-scan.ts'

export interface RandomWalkOptions extends Partial<TrainingRun> {
  /** How many neighbours an item keeps at most, 1 to 10,000. */
  readonly neighbors: number
  /** The power that each step's probability is raised to, > 0: P³ is 1 (Cooper et al. 2014). */
  readonly alpha: number
  /** How much popular items are held back, in [0, 1]: 0 not at all. */
  readonly beta: number
  /** Whose neighbours: of items that were met, or of those to be scored. 'met' where left out. */
  readonly keptOf?: KeptOf
}

/**
 * Item neighbours by random walks of item, user, item, held back by how many met the other: RP3β
 * (Paudel et al. 2017), whose third step, from the user to their items, is that of scoring. The
 * neighbours of an item that was met sum to 1, as probabilities do; those of items to be scored are
 * left as they are. `interactions` has a row per user.
 *
 * Rests every few ms. Throws `invalid_argument` for options out of range.
 */
export async function fitRandomWalk(
  interactions: Interactions,
  { alpha, beta, ...options }: RandomWalkOptions,
): Promise<ItemKnnModel> {
  if (!(alpha > 0 && alpha <= 10)) throw invalid('alpha', `${alpha} must be > 0 and <= 10`)
  if (!(beta >= 0 && beta <= 1)) throw invalid('beta', `${beta} must be >= 0 and <= 1`)
  const byItem = transposed(interactions)
  const [up, down] = [steps(byItem, alpha), steps(interactions, alpha)]
  const rest = { ...options, itemCount: interactions.columnCount }
  if (options.keptOf === 'scored') {
    // The way there is looked at from its end.
    const products = productScan(transposed(down), transposed(up))
    const restraintOf = (item: number): number => degreeOf(byItem, item) ** beta
    const similarity = (item: number, _from: number, product: number): number =>
      product / restraintOf(item)
    return nearest({ ...rest, products, similarity })
  }
  const model = await nearest({
    ...rest,
    products: productScan(up, down),
    similarity: (_item, other, product) => product / degreeOf(byItem, other) ** beta,
  })
  return summingToOne(model)
}

function degreeOf({ starts }: Interactions, row: number): number {
  return starts[row + 1]! - starts[row]!
}

/** The probability of each cell among those of its row, raised to a power. */
function steps(matrix: Interactions, power: number): Interactions {
  const weights = new Float32Array(matrix.weights.length)
  for (let row = 0; row < matrix.rowCount; row++) {
    const [from, to] = [matrix.starts[row]!, matrix.starts[row + 1]!]
    let sum = 0
    for (let cell = from; cell < to; cell++) sum += matrix.weights[cell]!
    for (let cell = from; cell < to; cell++) weights[cell] = (matrix.weights[cell]! / sum) ** power
  }
  return { ...matrix, weights }
}

function summingToOne(model: ItemKnnModel): ItemKnnModel {
  const starts = new Uint32Array(model.itemCount + 1)
  const all = Array.from({ length: model.itemCount }, (_, item) => model.neighbors(item))
  for (const [item, { items }] of all.entries()) starts[item + 1] = starts[item]! + items.length
  const items = new Uint32Array(starts[model.itemCount]!)
  const similarities = new Float32Array(items.length)
  for (const [item, near] of all.entries()) {
    const sum = near.similarities.reduce((total, each) => total + each, 0)
    items.set(near.items, starts[item])
    similarities.set(
      near.similarities.map((each) => each / sum),
      starts[item],
    )
  }
  return itemKnnModel({ starts, items, similarities })
}

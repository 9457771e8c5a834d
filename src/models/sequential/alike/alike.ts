import { invalid } from '../../../error.ts'
import type { SequenceModel } from '../../model.ts'

export interface AlikeOptions {
  /** How many of the last items are looked at, 1 to 1,000. */
  readonly memory: number
  /** How much less each says than the one after it, in (0, 1]. */
  readonly decay: number
  /** What cosines are raised to, in (0, 32]: above 1 what is but a little alike says less. */
  readonly sharpness: number
  /** What an item's count is raised to, in [0, 1], before it is multiplied with. */
  readonly popularity: number
}

/**
 * Tells by attributes of items what comes next: for each of the last items, what is like it. How
 * much is the cosine of their attributes, each weighed by the logarithm of how rare it is, raised
 * to `sharpness` and times how often the item was met, raised to `popularity`.
 *
 * `attributes` holds ordinals per item, none where nothing is told; `counts` how often each item
 * was met. An item that has none is like nothing, itself included.
 *
 * Throws `invalid_argument` for options out of range, and where there are not as many counts.
 */
export function alikeByAttributes(
  attributes: readonly Uint32Array[],
  counts: ArrayLike<number>,
  options: AlikeOptions,
): Pick<SequenceModel, 'next' | 'itemCount'> {
  const itemCount = attributes.length
  check(options, itemCount, counts.length)
  const { memory, decay, sharpness, popularity } = options
  const holders = holdersOf(attributes)
  const rarity = holders.map(({ length }) => Math.log(itemCount / length) ** 2)
  const norms = Float64Array.from(attributes, (list) =>
    Math.sqrt(list.reduce((sum, attribute) => sum + rarity[attribute]!, 0)),
  )
  const worth = Float64Array.from({ length: itemCount }, (_, item) => counts[item]! ** popularity)
  const products = new Float64Array(itemCount)
  return {
    itemCount,
    next(items) {
      const scores = new Float32Array(itemCount)
      let share = 1
      for (let back = 1; back <= Math.min(memory, items.length); back++, share *= decay) {
        const item = items[items.length - back]!
        const touched: number[] = []
        for (const attribute of attributes[item]!) {
          for (const other of holders[attribute]!) {
            if (products[other] === 0) touched.push(other)
            products[other]! += rarity[attribute]!
          }
        }
        for (const other of touched) {
          const cosine = products[other]! / (norms[item]! * norms[other]!)
          products[other] = 0
          if (cosine > 0) scores[other]! += share * cosine ** sharpness * worth[other]!
        }
      }
      return scores
    },
  }
}

/** By attribute, the items that have it. */
function holdersOf(attributes: readonly Uint32Array[]): readonly Uint32Array[] {
  const lists: number[][] = []
  for (const [item, list] of attributes.entries()) {
    for (const attribute of list) {
      lists[attribute] ??= []
      lists[attribute].push(item)
    }
  }
  return Array.from(lists, (list = []) => Uint32Array.from(list))
}

function check(options: AlikeOptions, itemCount: number, countCount: number): void {
  const { memory, decay, sharpness, popularity } = options
  if (countCount !== itemCount) {
    throw invalid('counts', `are ${countCount} where there are ${itemCount} items`)
  }
  if (!(Number.isInteger(memory) && memory >= 1 && memory <= 1_000)) {
    throw invalid('memory', `${memory} must be a whole number >= 1 and <= 1000`)
  }
  if (!(decay > 0 && decay <= 1)) throw invalid('decay', `${decay} must be > 0 and <= 1`)
  if (!(sharpness > 0 && sharpness <= 32)) {
    throw invalid('sharpness', `${sharpness} must be > 0 and <= 32`)
  }
  if (!(popularity >= 0 && popularity <= 1)) {
    throw invalid('popularity', `${popularity} must be >= 0 and <= 1`)
  }
}

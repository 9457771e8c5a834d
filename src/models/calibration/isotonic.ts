import { invalid } from '../../error.ts'
import type { Curve, Judged } from './curve.ts'

/**
 * The rising steps that are nearest to the labels (Zadrozny and Elkan, KDD 2002), by pooling
 * adjacent violators (Ayer et al. 1955); straight between the middles of the steps, so that rows
 * keep their order. It takes any shape, and some thousand rows to find it.
 */
export function isotonicCurve({ chances, labels, weights }: Judged): Curve {
  const order = Uint32Array.from(chances.keys())
  order.sort((one, other) => chances[one]! - chances[other]! || one - other)
  const blocks: Block[] = []
  for (const row of order) {
    const weight = weights[row]!
    if (weight === 0) continue
    blocks.push({ weight, at: weight * chances[row]!, sum: weight * labels[row]! })
    // Equal chances are one point, whatever came of them.
    for (
      let last = blocks.length - 1;
      last > 0 && pools(blocks[last - 1]!, blocks[last]!);
      last--
    ) {
      const { weight, at, sum } = blocks.pop()!
      const before = blocks[last - 1]!
      before.weight += weight
      before.at += at
      before.sum += sum
    }
  }
  if (blocks.length === 0) throw invalid('weights', 'must not all be 0')
  const points = blocks.flatMap(({ weight, at, sum }) => [at / weight, sum / weight])
  return steppedCurve(Float64Array.from(points))
}

/** Rows that get one probability. */
interface Block {
  weight: number
  /** Sums, by weight, of what was foretold and of what came. */
  at: number
  sum: number
}

function pools(before: Block, after: Block): boolean {
  const falls = before.sum / before.weight >= after.sum / after.weight
  return falls || before.at / before.weight === after.at / after.weight
}

/** `points` holds pairs: what was foretold, and what that is worth; both rise. */
export function steppedCurve(points: Float64Array): Curve {
  const last = points.length / 2 - 1
  const worth = (chance: number): number => {
    let [low, high] = [0, last]
    if (!(chance > points[0]!)) return points[1]!
    if (chance >= points[2 * last]!) return points[2 * last + 1]!
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (points[2 * middle]! <= chance) low = middle
      else high = middle
    }
    const [from, to] = [points[2 * low]!, points[2 * high]!]
    const [below, above] = [points[2 * low + 1]!, points[2 * high + 1]!]
    return below + ((chance - from) / (to - from)) * (above - below)
  }
  return { kind: 'isotonic', apply: (chances) => chances.map(worth), points }
}

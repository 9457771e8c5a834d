import type { Random } from '../../kernel/random.ts'
import type { BinnedRows, TreeKernels } from '../../kernel/wasm/tree-kernels.ts'
import type { Pace } from '../pace.ts'
import {
  type Bounds,
  bestSplit,
  leafValue,
  type Side,
  type Split,
  type SplitRules,
  unbounded,
} from './split.ts'

export interface GrowRules extends SplitRules {
  /** Leaves of a tree at most, >= 2. */
  readonly leaves: number
  /** Questions from the root to a leaf at most. */
  readonly depthMost: number
  /** A leaf holds so many rows at least. */
  readonly rowsMin: number
  /** Of the features, the share that a tree may ask. */
  readonly featureShare: number
}

/** What trees are grown in: arrays of one arena, made once. */
export interface Ground {
  readonly kernels: TreeKernels
  readonly binned: BinnedRows
  readonly pairs: Float32Array
  readonly spare: Uint32Array
  /** One for each leaf. */
  readonly histograms: readonly Float64Array[]
}

/** A node of a tree that grows: a question, or what is said where none is worth it. */
export interface Node {
  readonly side: Side
  readonly bounds: Bounds
  readonly depth: number
  /** Rows from here to there; a parent's are those of its children. */
  readonly from: number
  readonly to: number
  split?: Split
  left?: Node
  right?: Node
}

/**
 * Grows a tree leaf by leaf: the leaf whose question gains most is parted next (Shi 2007; Ke et
 * al., NIPS 2017, LightGBM). Sorts `rows` so that those of a node stand together.
 *
 * Of two children the histogram of the one with fewer rows is counted, and that of the other is
 * what is left of the parent's.
 */
export async function growTree(
  ground: Ground,
  rows: Uint32Array,
  rules: GrowRules,
  random: Random,
  pace: Pace,
): Promise<Node> {
  const { kernels, binned, pairs } = ground
  const features = drawn(binned.featureCount, rules.featureShare, random)
  const free = [...ground.histograms]
  const counted = (node: Node): Float64Array => {
    const histogram = free.pop()!
    histogram.fill(0)
    kernels.addHistogram(binned, rows.subarray(node.from, node.to), pairs, histogram)
    return histogram
  }
  const open = new Map<Node, Open>()
  const look = (node: Node, histogram: Float64Array): void => {
    const isSmall = node.to - node.from < 2 * rules.rowsMin || node.depth >= rules.depthMost
    const split = isSmall
      ? undefined
      : bestSplit(histogram, features, node.side, node.bounds, rules)
    if (split === undefined) free.push(histogram)
    else open.set(node, { histogram, split })
  }
  const root = rootOf(rows, pairs)
  look(root, counted(root))
  for (let leaves = 1; leaves < rules.leaves; ) {
    const node = mostGain(open)
    if (node === undefined) break
    const { histogram, split } = open.get(node)!
    open.delete(node)
    const middle = node.from + part(ground, rows.subarray(node.from, node.to), split)
    if (Math.min(middle - node.from, node.to - middle) < rules.rowsMin) {
      free.push(histogram)
      continue
    }
    const [left, right] = childrenOf(node, split, middle, rules)
    Object.assign(node, { split, left, right })
    leaves++
    const [few, many] = right.to - right.from < left.to - left.from ? [right, left] : [left, right]
    const counts = counted(few)
    kernels.subtractHistogram(histogram, counts)
    look(few, counts)
    look(many, histogram)
    const work = (few.to - few.from) * binned.featureCount + 4 * histogram.length
    if (pace.due(2 * work)) await pace.rest()
  }
  return root
}

/** A leaf that may be parted. */
interface Open {
  readonly histogram: Float64Array
  readonly split: Split
}

function rootOf(rows: Uint32Array, pairs: Float32Array): Node {
  let [slope, curvature] = [0, 0]
  for (const row of rows) {
    slope += pairs[2 * row]!
    curvature += pairs[2 * row + 1]!
  }
  return { side: { slope, curvature }, bounds: unbounded, depth: 0, from: 0, to: rows.length }
}

/** The first of equals. */
function mostGain(open: ReadonlyMap<Node, Open>): Node | undefined {
  let best: Node | undefined
  let most = 0
  for (const [node, { split }] of open) {
    if (split.gain > most) [best, most] = [node, split.gain]
  }
  return best
}

/** Puts the rows that go left first, and tells how many they are. */
function part({ kernels, binned, spare }: Ground, rows: Uint32Array, split: Split): number {
  const { feature, bin, missingLeft } = split
  const upTo = kernels.partition(binned, feature, bin, rows, spare)
  if (missingLeft) return upTo
  // Bin 0 came first with the others: it is moved behind them.
  const missing = kernels.partition(binned, feature, 0, rows.subarray(0, upTo), spare)
  if (missing === 0) return upTo
  spare.set(rows.subarray(0, missing))
  rows.copyWithin(0, missing, upTo)
  rows.set(spare.subarray(0, missing), upTo - missing)
  return upTo - missing
}

function childrenOf(node: Node, split: Split, middle: number, rules: GrowRules): [Node, Node] {
  const { bounds, depth } = node
  const direction = rules.monotone[split.feature]!
  let [leftBounds, rightBounds] = [bounds, bounds]
  if (direction !== 0) {
    // Neither child may cross the middle of the two, whatever is asked below.
    const [one, other] = [split.left, split.right].map(({ slope, curvature }) =>
      leafValue(slope, curvature, rules.l2, bounds),
    ) as [number, number]
    const between = (one + other) / 2
    const [below, above] = [
      { low: bounds.low, high: between },
      { low: between, high: bounds.high },
    ]
    ;[leftBounds, rightBounds] = direction > 0 ? [below, above] : [above, below]
  }
  const child = (side: Side, within: Bounds, from: number, to: number): Node => ({
    side,
    bounds: within,
    depth: depth + 1,
    from,
    to,
  })
  return [
    child(split.left, leftBounds, node.from, middle),
    child(split.right, rightBounds, middle, node.to),
  ]
}

/** At least one feature; in their order. */
function drawn(featureCount: number, share: number, random: Random): Uint32Array {
  const all = Uint32Array.from({ length: featureCount }, (_, feature) => feature)
  const wanted = Math.max(1, Math.round(share * featureCount))
  if (wanted >= featureCount) return all
  for (let place = 0; place < wanted; place++) {
    const other = place + random.below(featureCount - place)
    const feature = all[place]!
    all[place] = all[other]!
    all[other] = feature
  }
  return all.slice(0, wanted).sort()
}

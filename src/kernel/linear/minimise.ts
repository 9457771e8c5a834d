/**
 * The value of a function at a point, whose slope there is written into `slope`. It may take its
 * time: whoever computes over many rows rests between them.
 */
export type Slope = (point: Float64Array, slope: Float64Array) => number | Promise<number>

export interface MinimiseOptions {
  /** Ends where a step gains less than this share of the value. */
  readonly tolerance: number
  readonly stepsMost: number
  /** Told after each step where it stands, and waited for; what it is told is not changed later. */
  readonly onStep?: (reached: Reached) => void | Promise<void>
  /** Where an earlier run stood, `point` being as it left it: it goes on to the same bits. */
  readonly from?: Reached | undefined
}

/** All that a step leaves behind, but for the point itself. */
export interface Reached {
  /** Steps that were made. */
  readonly step: number
  readonly value: number
  readonly slope: Float64Array
  /** Steps that are remembered, the oldest first, and how the slope changed by each. */
  readonly pairs: readonly { readonly step: Float64Array; readonly change: Float64Array }[]
  /** The last step gained too little for another. */
  readonly isOver: boolean
}

/** Steps that are remembered: more hardly helps (Liu and Nocedal 1989, table 2). */
const memory = 8

/**
 * The point near which a smooth convex function is least, by L-BFGS (Liu and Nocedal 1989) with
 * steps that are halved until they gain enough (Armijo 1966). Writes into `point`, and returns the
 * value there.
 */
export async function minimise(
  point: Float64Array,
  slopeAt: Slope,
  { tolerance, stepsMost, onStep, from }: MinimiseOptions,
): Promise<number> {
  const width = point.length
  const [slope, next, nextSlope] = [0, 0, 0].map(() => new Float64Array(width)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  if (from?.isOver) return from.value
  const pairs = (from?.pairs ?? []).map(pairOf)
  let value = from?.value ?? (await slopeAt(point, slope))
  slope.set(from?.slope ?? slope)
  for (let step = 1 + (from?.step ?? 0); step <= stepsMost; step++) {
    const direction = newtonLike(slope, pairs)
    const descent = product(direction, slope)
    if (!(descent > 0)) break
    // Nothing is known of the curvature before the first step: it goes one unit at most.
    let length = pairs.length === 0 ? Math.min(1, 1 / Math.sqrt(descent)) : 1
    let there = Number.POSITIVE_INFINITY
    for (; length > 1e-12; length /= 2) {
      for (let k = 0; k < width; k++) next[k] = point[k]! - length * direction[k]!
      there = await slopeAt(next, nextSlope)
      if (there <= value - 1e-4 * length * descent) break
    }
    if (!(there < value)) break
    remember(pairs, next, point, nextSlope, slope)
    point.set(next)
    slope.set(nextSlope)
    const isOver = value - there <= tolerance * Math.abs(there)
    value = there
    await onStep?.({ step, value, slope: slope.slice(), pairs: [...pairs], isOver })
    if (isOver) break
  }
  return value
}

/** A step that was made, and how the slope changed by it. */
interface Pair {
  readonly step: Float64Array
  readonly change: Float64Array
  readonly curvature: number
}

function pairOf({ step, change }: Omit<Pair, 'curvature'>): Pair {
  return { step, change, curvature: product(step, change) }
}

function remember(
  pairs: Pair[],
  next: Float64Array,
  point: Float64Array,
  nextSlope: Float64Array,
  slope: Float64Array,
): void {
  const step = next.map((value, k) => value - point[k]!)
  const change = nextSlope.map((value, k) => value - slope[k]!)
  const pair = pairOf({ step, change })
  // A step along which the slope did not grow tells of rounding, not of a convex function.
  if (!(pair.curvature > 1e-14 * product(change, change))) return
  pairs.push(pair)
  if (pairs.length > memory) pairs.shift()
}

/**
 * The slope times what the pairs tell of the inverse Hessian: Nocedal and Wright, algorithm 7.4.
 */
function newtonLike(slope: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = slope.slice()
  const shares = new Float64Array(pairs.length)
  for (let index = pairs.length - 1; index >= 0; index--) {
    const { step, change, curvature } = pairs[index]!
    shares[index] = product(step, direction) / curvature
    add(direction, change, -shares[index]!)
  }
  const last = pairs.at(-1)
  if (last !== undefined) {
    const scale = last.curvature / product(last.change, last.change)
    for (let k = 0; k < direction.length; k++) direction[k]! *= scale
  }
  for (const [index, { step, change, curvature }] of pairs.entries()) {
    add(direction, step, shares[index]! - product(change, direction) / curvature)
  }
  return direction
}

function product(left: Float64Array, right: Float64Array): number {
  let sum = 0
  for (let k = 0; k < left.length; k++) sum += left[k]! * right[k]!
  return sum
}

function add(to: Float64Array, vector: Float64Array, factor: number): void {
  for (let k = 0; k < to.length; k++) to[k]! += factor * vector[k]!
}

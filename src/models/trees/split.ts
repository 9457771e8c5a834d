import { binsMax } from '../../kernel/wasm/tree-kernels.ts'
import type { Cuts } from './bins.ts'

/** The question that parts a node's rows best. */
export interface Split {
  readonly feature: number
  /** Rows of a bin up to this one go left, but for those of bin 0. */
  readonly bin: number
  readonly missingLeft: boolean
  /** By how much the loss gets less. */
  readonly gain: number
  readonly left: Side
  readonly right: Side
}

export interface Side {
  readonly slope: number
  readonly curvature: number
}

/** What may be asked, and what it must be worth. */
export interface SplitRules {
  readonly cuts: readonly Cuts[]
  /** Half of this times the sum of squared leaf values is added to the loss. */
  readonly l2: number
  /** A side of less curvature is too little to go by. */
  readonly curvatureMin: number
  readonly gainMin: number
  /** By feature: 1 where the score must not fall with it, -1 where it must not rise; 0 else. */
  readonly monotone: Int8Array
}

/** What a leaf may say at least and at most, as monotone questions above it demand. */
export interface Bounds {
  readonly low: number
  readonly high: number
}

export const unbounded: Bounds = {
  low: Number.NEGATIVE_INFINITY,
  high: Number.POSITIVE_INFINITY,
}

/** The best value of a leaf: Newton's step (Chen and Guestrin, KDD 2016, eq. 5), within bounds. */
export function leafValue(slope: number, curvature: number, l2: number, bounds: Bounds): number {
  // Rows that nothing is known to pull say nothing.
  if (!(curvature + l2 > 0)) return 0
  return Math.min(bounds.high, Math.max(bounds.low, -slope / (curvature + l2)))
}

/** How much less the loss gets by the best value; eq. 6, which holds within bounds as well. */
function gainOf(slope: number, curvature: number, l2: number, bounds: Bounds): number {
  const value = leafValue(slope, curvature, l2, bounds)
  return -(slope * value + ((curvature + l2) * value * value) / 2)
}

/** What is left of a bin when all its rows were subtracted is rounding, below this share. */
const rounding = 1e-10

/**
 * The best of all questions to the features that may be asked, from a node's histogram; rows whose
 * value is missing go where they gain more. The first of equals. Undefined where none is worth it.
 */
export function bestSplit(
  histogram: Float64Array,
  features: Uint32Array,
  whole: Side,
  bounds: Bounds,
  rules: SplitRules,
): Split | undefined {
  const { cuts, l2, curvatureMin, gainMin, monotone } = rules
  let best: Split | undefined
  let least = gainMin
  const bare = gainOf(whole.slope, whole.curvature, l2, bounds)
  // Numbers alone: this runs for each bin of each feature of each node.
  const consider = (feature: number, bin: number, slope: number, curvature: number): boolean => {
    const [otherSlope, otherCurvature] = [whole.slope - slope, whole.curvature - curvature]
    if (!(curvature >= curvatureMin && otherCurvature >= curvatureMin)) return false
    const one = gainOf(slope, curvature, l2, bounds)
    const gain = one + gainOf(otherSlope, otherCurvature, l2, bounds) - bare
    if (!(gain > least)) return false
    const wanted = monotone[feature]!
    if (wanted !== 0) {
      const right = leafValue(otherSlope, otherCurvature, l2, bounds)
      if ((right - leafValue(slope, curvature, l2, bounds)) * wanted < 0) return false
    }
    least = gain
    best = {
      feature,
      bin,
      missingLeft: false,
      gain,
      left: { slope, curvature },
      right: { slope: otherSlope, curvature: otherCurvature },
    }
    return true
  }
  for (const feature of features) {
    const start = feature * binsMax * 2
    const [slope, curvature] = [histogram[start]!, histogram[start + 1]!]
    const someMissing = curvature > rounding * whole.curvature
    const last = cuts[feature]!.length + 1
    let [slopes, curvatures] = [0, 0]
    // The last bin parts what is missing from what is not.
    for (let bin = 1; bin < last + (someMissing ? 1 : 0); bin++) {
      slopes += histogram[start + 2 * bin]!
      curvatures += histogram[start + 2 * bin + 1]!
      consider(feature, bin, slopes, curvatures)
      if (someMissing && bin < last) {
        const taken = consider(feature, bin, slopes + slope, curvatures + curvature)
        if (taken) best = { ...best!, missingLeft: true }
      }
    }
  }
  return best
}

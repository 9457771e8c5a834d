import { invalid } from '../../error.ts'
import type { Arena } from './arena.ts'
import { kernelModule, kernelsOver, type Rounding } from './kernel-module.ts'
import { checkLength } from './row-kernels.ts'

/** Bins that a feature may have. */
export const binsMax = 256

/** What a histogram holds of a bin: the sum of gradients, then that of curvatures. */
const sumsPerBin = 2

/** Rows as their bins: a byte per feature, row by row, in an arena. */
export interface BinnedRows {
  readonly bins: Uint8Array
  readonly featureCount: number
}

/**
 * Histograms of gradients over arrays of one arena. A histogram holds, in double precision,
 *
 *   [(feature × 256 + bin) × 2]: the sum of gradients        … + 1: that of curvatures
 *
 * Rows are ordinals, and trusted: whoever grows trees makes them.
 */
export interface TreeKernels {
  /** Numbers of a histogram. */
  histogramLength(featureCount: number): number

  /** Adds `gradients`, a pair of gradient and curvature by row, of the rows to their bins. */
  addHistogram(
    binned: BinnedRows,
    rows: Uint32Array,
    gradients: Float32Array,
    histogram: Float64Array,
  ): void

  /** from -= less: the histogram of a sibling, from those of the parent and of the other. */
  subtractHistogram(from: Float64Array, less: Float64Array): void

  /**
   * Puts the rows first whose bin of a feature is at most `most`, the others behind; both keep
   * their order. `spare` has place for as many. Returns how many come first.
   */
  partition(
    binned: BinnedRows,
    feature: number,
    most: number,
    rows: Uint32Array,
    spare: Uint32Array,
  ): number
}

export function treeKernels(arena: Arena, rounding?: Rounding): TreeKernels {
  const kernel = kernelsOver(kernelModule('trees', rounding), arena.memory)
  const addHistogram = kernel('addHistogram')
  const subtractHistogram = kernel('subtractHistogram')
  const partition = kernel('partition')
  const at = arena.addressOf
  const histogramLength = (featureCount: number): number => featureCount * binsMax * sumsPerBin
  return {
    histogramLength,
    addHistogram({ bins, featureCount }, rows, gradients, histogram) {
      checkLength('histogram', histogram, histogramLength(featureCount))
      checkLength('gradients', gradients, (bins.length / featureCount) * 2)
      const [binsAt, rowsAt] = [at(bins), at(rows)]
      addHistogram(binsAt, featureCount, rowsAt, rows.length, at(gradients), at(histogram))
    },
    subtractHistogram(from, less) {
      checkLength('less', less, from.length)
      subtractHistogram(at(from), at(less), from.length)
    },
    partition({ bins, featureCount }, feature, most, rows, spare) {
      if (spare.length < rows.length) {
        throw invalid('spare', `holds ${spare.length} numbers where there must be ${rows.length}`)
      }
      const [binsAt, rowsAt] = [at(bins), at(rows)]
      return partition(binsAt, featureCount, feature, most, rowsAt, rows.length, at(spare))
    },
  }
}

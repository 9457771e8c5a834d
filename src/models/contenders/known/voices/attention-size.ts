import type { Sequences } from '../../../sequences.ts'
import type { AttentionFit, AttentionSettings } from '../../../sequential/settings.ts'

/** What of a network follows from how much there is to learn from. */
export type SizedSettings = Pick<
  AttentionSettings & AttentionFit,
  'length' | 'batch' | 'dropout' | 'rate' | 'epochs'
>

export interface SizedAttention {
  /** The rows to learn from: the last ones, where all of them would take too long. */
  readonly rows: Sequences
  readonly settings: SizedSettings
}

export interface AttentionBudget {
  readonly dims: number
  readonly blocks: number
  readonly negatives: number
  /** Multiply-adds in all: a core of 2023 does about 10^10 in a second. */
  readonly workMax: number
  readonly epochsMax: number
}

/** Nine rows in ten are looked at as a whole, within these. */
const [lengthLeast, lengthMost] = [10, 200]

/** Fewer passes than these learn too little of each row: then there are fewer rows. */
const epochsLeast = 5

/** A step of so many places does for so many in all; it grows with their root. */
const [stepPlaces, ofPlaces] = [800, 110_000]

/** Of all weights, each step: gradient, both moments, and what they come to. */
const workPerWeight = 20

/**
 * Shapes a network by the rows and bounds what it takes. The bound is one of work, not of seconds:
 * the same data give the same model on any machine.
 */
export function sizedAttention(train: Sequences, budget: AttentionBudget): SizedAttention {
  const sizes = Array.from({ length: train.starts.length - 1 }, (_, row) =>
    Math.max(0, train.starts[row + 1]! - train.starts[row]! - 1),
  )
  const sorted = sizes.filter((size) => size > 0).sort((one, other) => one - other)
  const usual = sorted[Math.floor(0.9 * sorted.length)] ?? lengthLeast
  const length = Math.min(lengthMost, Math.max(lengthLeast, 10 * Math.ceil(usual / 10)))
  const workOf = (places: number): number => {
    const { dims, blocks, negatives } = budget
    const layers = blocks * (6 * dims * dims + 2 * length * dims)
    const perPlace = 3 * (negatives * dims + layers)
    const perStep = train.itemCount * dims * workPerWeight
    return places * perPlace + Math.ceil(places / placesOfStep(places)) * perStep
  }
  let [from, places] = [sizes.length, 0]
  while (from > 0 && workOf(places) * epochsLeast < budget.workMax) {
    places += Math.min(length, sizes[--from]!)
  }
  const mean = places / Math.max(1, sorted.length)
  // Where rows are long there is more to learn of each, and less to fear of learning it by heart.
  const isDense = mean > 30
  return {
    rows: from === 0 ? train : lastRows(train, from),
    settings: {
      length,
      batch: Math.max(1, Math.round(placesOfStep(places) / length)),
      dropout: isDense ? 0.2 : 0.4,
      rate: isDense ? 0.001 : 0.002,
      epochs: Math.max(1, Math.min(budget.epochsMax, Math.floor(budget.workMax / workOf(places)))),
    },
  }
}

function placesOfStep(places: number): number {
  return Math.min(3_200, Math.max(100, stepPlaces * Math.sqrt(places / ofPlaces)))
}

function lastRows({ starts, items, itemCount }: Sequences, from: number): Sequences {
  const begin = starts[from]!
  return {
    itemCount,
    starts: starts.subarray(from).map((start) => start - begin),
    items: items.slice(begin),
  }
}

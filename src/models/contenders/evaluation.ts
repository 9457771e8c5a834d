import type { ReliabilityBin } from '../calibration/reliability.ts'
import type { Settings } from '../search/space.ts'

/** What an evaluation found: plain JSON. */
export interface Evaluation {
  readonly title: string
  readonly format: string
  readonly protocol: string
  /** How long lists are; absent where none are made. */
  readonly k?: number
  readonly seed: number | string
  readonly counts: Readonly<Record<string, number>>
  /** What was set aside, and how settings were found, in words. */
  readonly notes: readonly string[]
  /** The best first, by the first metric. */
  readonly models: readonly EvaluatedModel[]
}

export interface EvaluatedModel {
  readonly model: string
  readonly isBaseline: boolean
  readonly settings: Settings
  /** Trials of the search that chose the settings; 0 where they are the usual ones. */
  readonly trials: number
  /** CPU seconds of all threads while learning. */
  readonly trainSeconds: number
  /** The most memory that the process had held until then. */
  readonly peakBytes: number
  readonly figures: readonly Figure[]
  /** The same metrics of some of those who were asked, or of some of what they were asked for. */
  readonly slices: readonly Slice[]
  /** The recall at growing lengths of the list. */
  readonly curve?: readonly { readonly k: number; readonly recall: number }[]
  /** What was foretold, and what came. */
  readonly reliability?: readonly ReliabilityBin[]
}

export interface Figure {
  readonly metric: string
  readonly value: number
  /** The 95 % interval over users; null where the figure is one of all lists together. */
  readonly low: number | null
  readonly high: number | null
}

export interface Slice {
  readonly slice: string
  /** Questions, or rows. */
  readonly count: number
  readonly figures: readonly Figure[]
}

import type { Settings } from './space.ts'

/** One point that was tried, and what came of it: plain JSON, so that a search can go on later. */
export interface Trial {
  /** From 0, in the order in which they began. */
  readonly number: number
  readonly settings: Settings
  /** `pruned` where it was given up as hopeless, `failed` where it threw. */
  readonly state: 'complete' | 'pruned' | 'failed'
  /** The higher the better, whatever is searched for. Of a pruned one the last that was told. */
  readonly value?: number
  /** What was told on the way. */
  readonly steps: readonly number[]
  readonly seconds: number
  /** Why it failed. */
  readonly error?: string
}

/** Chooses the next point from what the earlier ones came to. */
export type Sampler = 'tpe' | 'random'

/** The best of those that were seen to the end; the earlier one where two are alike. */
export function bestOf(trials: readonly Trial[]): Trial | undefined {
  return trials
    .filter(({ state, value }) => state === 'complete' && value !== undefined)
    .reduce<Trial | undefined>(
      (best, trial) => (best === undefined || trial.value! > best.value! ? trial : best),
      undefined,
    )
}

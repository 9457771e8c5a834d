import type { Action } from './event.ts'

/**
 * What each action says about a user's liking of an item, as declared weights: the one place where
 * fifteen kinds of action become one number. Changeable at run time (the parameter `signals`).
 */
export type Signals = Readonly<Partial<Record<Action, SignalWeight>>>

export interface SignalWeight {
  /** The signal of the action where it carries no value, or where its value is at its best. */
  readonly weight: number
  /**
   * The value that says nothing either way; with `scale` it turns values into shares of the weight.
   */
  readonly neutral?: number
  /**
   * How far above `neutral` a value earns the whole weight; as far below it earns its negative.
   * Below 0 it is the other way round: the smaller the value, the more it says.
   */
  readonly scale?: number
}

/**
 * From here on a signal counts as a like: the label of training, the seed of "because you liked".
 */
export const positiveSignal = 0.5

export const defaultSignals: Signals = {
  click: { weight: 1 },
  read: { weight: 1, neutral: 1_000, scale: 9_000 },
  play: { weight: 2, neutral: 0.2, scale: 0.6 },
  like: { weight: 2 },
  unlike: { weight: -2 },
  comment: { weight: 2 },
  'delete-comment': { weight: -2 },
  share: { weight: 3 },
  collect: { weight: 2 },
  rate: { weight: 2, neutral: 2.5, scale: 2.5 },
  report: { weight: -3 },
  dislike: { weight: -2 },
  'swipe-past': { weight: -0.5, neutral: 1, scale: -1 },
}

/**
 * Actions that, where they displeased, speak of what is like the item too, for as long as a mood
 * lasts. Stars do not: who rates a film low had chosen it, and will choose its like again.
 */
export const moodActions: ReadonlySet<Action> = new Set<Action>([
  'read',
  'play',
  'swipe-past',
  'dislike',
])

/** The signal of one action: its weight, times how good its value is on [-1, 1]. */
export function signalOf(signals: Signals, action: Action, value: number | undefined): number {
  const declared = signals[action]
  if (declared === undefined) return 0
  const { weight, neutral, scale } = declared
  if (value === undefined || neutral === undefined || scale === undefined) return weight
  return weight * Math.max(-1, Math.min(1, (value - neutral) / scale))
}

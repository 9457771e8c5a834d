import type { Action } from '../../events/event.ts'
import { parameters } from '../projections/parameters.ts'
import type { Known, Need, Past } from '../projections/projection.ts'

/**
 * What each action says of a user's interest in what an item is about. Another thing than its
 * signal, which says how the item itself was liked: a click says much of interest and little of
 * liking. Changeable at run time (the parameter `interests`).
 */
export interface InterestWeights {
  /** Actions that are left out say nothing. */
  readonly weights: Readonly<Partial<Record<Action, ActionWeight>>>
  /** In so many minutes, what was done in a session counts half. */
  readonly halfLifeMinutes: number
}

/**
 * One weight, or steps of [value from which it counts, weight], ascending. A value below the first
 * step, and one that was not told, counts as the first.
 */
export type ActionWeight = number | readonly (readonly [from: number, weight: number])[]

/**
 * Read, collect, share and click as the system weighs them whose profiles these are modelled on.
 * Stars count little against a topic: who rates a film low had chosen it, and will choose its like
 * again. A report is a word on one item alone.
 */
export const defaultInterests: InterestWeights = {
  weights: {
    click: 5,
    read: [
      [0, 1],
      [1_000, 2],
    ],
    play: [
      [0, 1],
      [0.3, 2],
      [0.8, 5],
    ],
    like: 4,
    comment: 3,
    share: 3,
    collect: 2,
    rate: [
      [-10, -1],
      [2.5, 1],
      [3.5, 3],
      [4.5, 5],
    ],
    dislike: -5,
    'swipe-past': [
      [0, -1],
      [0.5, -0.5],
      [0.9, 0],
    ],
    follow: 10,
  },
  halfLifeMinutes: 10,
}

/** The name of the parameter that holds them. */
export const interestsParameter = 'interests'

/** Those in force when an event happened, in the log's order; what a value lacks is the default. */
export function interestsInForce(past: Past | Known): InterestWeights {
  // The door checks the value's shape before it is logged.
  const value = past.get(parameters, interestsParameter)?.value as
    | Partial<InterestWeights>
    | undefined
  return value === undefined ? defaultInterests : { ...defaultInterests, ...value }
}

export const interestsNeed: readonly Need[] = [{ projection: parameters, key: interestsParameter }]

/** What one deed weighs, before time takes from it. */
export function interestOf(
  { weights }: InterestWeights,
  action: Action,
  value: number | undefined,
): number {
  const declared = weights[action] ?? 0
  if (typeof declared === 'number') return declared
  let [, weight = 0] = declared[0] ?? []
  if (value === undefined) return weight
  for (const [from, stepped] of declared) if (value >= from) weight = stepped
  return weight
}

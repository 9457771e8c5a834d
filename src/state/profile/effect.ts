import type { Action } from '../../events/event.ts'
import type { Deed, History } from '../projections/history.ts'
import { dayOf } from '../projections/seen.ts'
import { type InterestWeights, interestOf } from './interest-weights.ts'

/** What one deed changes in an interest: what it says itself, and what it takes back. */
export interface Effect {
  /** 0 where it says nothing new. */
  readonly weight: number
  /** Earlier deeds that no longer count, with what they weighed. */
  readonly back: readonly Weighed[]
}

/** A deed and what it weighs before time takes from it. */
export interface Weighed {
  readonly deed: Deed
  readonly weight: number
}

/** Deeds that are of a kind because they take another one back. */
const undoes: Readonly<Partial<Record<Action, Action>>> = {
  unlike: 'like',
  'delete-comment': 'comment',
}

const nothing: Effect = { weight: 0, back: [] }

/**
 * A deed is judged beside what the user did with the same item before, as far as their history
 * reaches. The same thing done to an item on one day counts once, at its strongest, so a reader
 * whose client reports every ten seconds has not read ten articles. A rating takes the place of the
 * one before; who takes a like back takes its interest back.
 *
 * What is taken back is weighed by the weights of now: where they were changed meanwhile, the
 * difference stays.
 */
export function effectOf(deed: Deed, history: History, weights: InterestWeights): Effect {
  const { item, action, value } = deed
  const before: Deed[] = []
  for (const past of history) if (past.item === item) before.push(past)
  const undone = action === 'follow' && value === 0 ? 'follow' : undoes[action]
  if (undone !== undefined) return { weight: 0, back: standing(before, undone, weights) }
  const weight = interestOf(weights, action, value)
  if (action === 'rate') return { weight, back: standing(before, 'rate', weights) }
  const same = standing(before, action, weights).find(
    (past) => dayOf(past.deed.at) === dayOf(deed.at),
  )
  if (same === undefined) return { weight, back: [] }
  return Math.abs(weight) > Math.abs(same.weight) ? { weight, back: [same] } : nothing
}

/** Of one kind of deed with an item, what still counts: of each day the strongest. */
function standing(
  before: readonly Deed[],
  action: Action,
  weights: InterestWeights,
): readonly Weighed[] {
  const byDay = new Map<number, Weighed>()
  for (const deed of before) {
    const isUndone = action === 'follow' && deed.action === 'follow' && deed.value === 0
    if (isUndone || undoes[deed.action] === action) byDay.clear()
    else if (deed.action === action) {
      const weight = interestOf(weights, action, deed.value)
      const day = dayOf(deed.at)
      // Of ratings only the last one stands.
      if (action === 'rate') byDay.clear()
      const same = byDay.get(day)
      if (same === undefined || Math.abs(weight) > Math.abs(same.weight)) {
        byDay.set(day, { deed, weight })
      }
    }
  }
  return [...byDay.values()].filter(({ weight }) => weight !== 0)
}

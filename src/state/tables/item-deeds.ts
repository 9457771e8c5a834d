import { type Action, actions } from '../../events/event.ts'
import type { Table } from './table.ts'

/** Actions that are counted by item: all but those that are about no item. */
const itemActions = actions.filter(
  (action) => action !== 'follow' && action !== 'rerank',
) as readonly ItemAction[]

export type ItemAction = Exclude<Action, 'follow' | 'rerank'>

/** Besides the actions: the sum of squared ratings, which tells how far they lie apart. */
const squares = 'ratingSquares'

/**
 * How often each action was done with each item. Kept apart by action, because how they count
 * together is decided when they are asked for, and may be decided anew.
 */
export const itemDeeds: Table<ItemAction | typeof squares, Change> = {
  name: 'item-deeds',
  version: 1,
  columns: [...itemActions, squares],

  changes({ event }, past) {
    if (event.type !== 'action' || event.item === undefined) return []
    const column = itemDeedColumn[event.action]
    if (column === undefined) return []
    const rating = event.action === 'rate' ? event.value : undefined
    return [[past.ordinal(event.item), { column, rating }]]
  },

  fold(data, start, { column, rating }) {
    data[start + column]! += 1
    if (rating !== undefined) data[start + ratingSquaresColumn]! += rating * rating
  },
}

interface Change {
  readonly column: number
  readonly rating: number | undefined
}

/** Column numbers by action. */
export const itemDeedColumn: Readonly<Partial<Record<Action, number>>> = Object.fromEntries(
  itemActions.map((action, column) => [action, column]),
)

export const ratingSquaresColumn = itemActions.length

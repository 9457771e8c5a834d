import { invalid } from '../../../error.ts'
import { checkEpochs, type EpochSettings, epochSettings } from '../../graph/training/epochs.ts'
import type { TablePlan } from '../../graph/training/table.ts'

/** How a deep ranker is learned, whatever its family. */
export interface FitSettings extends EpochSettings {
  /** Which rows of tables a step moves; see `TablePlan`. */
  readonly tableUpdate: TablePlan['update']
  /** Penalties l2 / 2 · Σ value², >= 0: of layers, and of tables. */
  readonly l2: number
  readonly tableL2: number
  /** What decides when to stop, on the validation rows: of the first head. */
  readonly monitor: 'logloss' | 'auc'
  /** Draws what is not in the rows; undefined where they hold both kinds. */
  readonly negatives?: DrawnNegatives
}

/**
 * For each row some more of the same user with another item, drawn evenly among those the user is
 * never seen with, anew in each epoch (He et al. 2017). Its labels are 0.
 */
export interface DrawnNegatives {
  /** How many for each row, 1 to 1000. */
  readonly count: number
  /** The fields of ids that say who and what: `item` must be all that tells of the item. */
  readonly user: string
  readonly item: string
}

export const fitSettings: FitSettings = {
  ...epochSettings,
  ...{ tableUpdate: 'touched', l2: 0, tableL2: 0, monitor: 'logloss' },
}

/** Throws `invalid_argument` for what is out of range. */
export function checkFit(settings: FitSettings): void {
  checkEpochs(settings)
  const { tableUpdate, l2, tableL2, monitor, negatives } = settings
  for (const [name, value] of Object.entries({ l2, tableL2 }))
    if (!(value >= 0 && value < 1e6)) throw invalid(name, `${value} must be >= 0 and < 1e6`)
  if (!['every', 'touched', 'adagrad'].includes(tableUpdate))
    throw invalid('tableUpdate', `"${tableUpdate}" must be every, touched or adagrad`)
  if (monitor !== 'logloss' && monitor !== 'auc')
    throw invalid('monitor', `"${monitor}" must be logloss or auc`)
  if (negatives === undefined) return
  const { count } = negatives
  if (!(Number.isInteger(count) && count >= 1 && count <= 1000))
    throw invalid('negatives.count', `${count} must be a whole number >= 1 and <= 1000`)
}

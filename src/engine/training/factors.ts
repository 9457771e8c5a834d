import type { Offset } from '../../events/log/event-log.ts'
import { fitIals, type IalsOptions } from '../../models/als/ials.ts'
import type { IalsModel } from '../../models/als/ials-model.ts'
import { interactionsOf } from '../../models/interactions.ts'
import type { TrainingRun } from '../../models/model.ts'
import { cellsBefore, type Likes } from './likes.ts'

export type FactorSettings = Omit<IalsOptions, keyof TrainingRun>

/** Factors from the likes before an offset. */
export async function fitFactors(
  likes: Likes,
  before: Offset,
  settings: FactorSettings,
  run: TrainingRun,
): Promise<IalsModel> {
  const { cells, shape } = cellsBefore(likes, before)
  const { dims, sweeps, regularization, frequencyPower, alpha } = settings
  const options = { ...run, dims, sweeps, regularization, frequencyPower, alpha }
  const model = await fitIals(interactionsOf(cells, shape, 'max'), options)
  forgetUntouched(model, cells.items)
  return model
}

/**
 * Items without a like keep what chance gave them at the start: zeros say that nothing was learned.
 */
function forgetUntouched(model: IalsModel, liked: Uint32Array): void {
  const touched = new Set(liked)
  for (let item = 0; item < model.itemCount; item++) {
    if (!touched.has(item)) model.items.fill(0, item * model.dims, (item + 1) * model.dims)
  }
}

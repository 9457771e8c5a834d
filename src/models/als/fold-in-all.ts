import { openArena } from '../../kernel/wasm/arena.ts'
import { openTeam } from '../../kernel/wasm/kernel-team.ts'
import { type Interactions, transposed } from '../interactions.ts'
import type { TrainingRun } from '../model.ts'
import { packed, spread } from '../padded.ts'
import { halfSweepBytes, halfSweeps, placedSide, sideBytes, widthFor } from './half-sweep.ts'
import { type IalsModel, penaltyOf } from './ials-model.ts'

export interface FoldInAllOptions extends Partial<TrainingRun> {
  /** Threads that compute, 1 to 64; 1 where left out. */
  readonly threads?: number
}

/** Steps of conjugate gradient: what is left then is as small as single precision. */
const steps = 16

/**
 * The vectors of many users at once, rowCount × dims, as `foldIn` makes each of them but for the
 * last digits: at hundreds of dimensions a hundred times as fast. `interactions` has a row per
 * user.
 */
export async function foldInAll(
  model: IalsModel,
  interactions: Interactions,
  { threads = 1, signal }: FoldInAllOptions = {},
): Promise<Float32Array> {
  const { dims, penalty } = model
  const width = widthFor(dims)
  const byItem = transposed(interactions)
  const sides = sideBytes(interactions, width) + sideBytes(byItem, width)
  const sizeBytes = sides + halfSweepBytes(width, threads)
  const arena = openArena({ sizeBytes, isShared: true })
  await using team = await openTeam({ arena, group: 'factors', threads, signal })
  const users = placedSide(arena, interactions, width, (cells) =>
    penaltyOf(penalty, cells, model.itemCount),
  )
  const items = placedSide(arena, byItem, width, () => 0)
  spread(model.items, dims, items.vectors, width)
  await halfSweeps({ arena, team, width, alpha: penalty.alpha }).solve(users, items, steps)
  return packed(users.vectors, width, dims)
}

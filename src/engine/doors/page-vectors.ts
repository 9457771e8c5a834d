import type { Clock } from '../../events/clock.ts'
import type { Signals } from '../../events/signals.ts'
import { packVector } from '../../kernel/linear/packed-vector.ts'
import type { RankingModel } from '../../models/model.ts'
import { tasteNeeds } from '../../state/features/taste.ts'
import { type Factors, isLearned } from '../../state/features/user-vector.ts'
import type { Batch } from '../../state/projections/batches.ts'
import { signalsParameter } from '../../state/projections/parameters.ts'
import type { Ordinal } from '../../state/projections/projection.ts'
import type { State } from '../../state/state.ts'
import type { Residents } from '../recipes/residents.ts'
import { factorsName, type ModelsInForce } from '../training/models-in-force.ts'
import type { PageVectors } from '../views/pages.ts'

/** What a client needs to reorder the items of a page; `undefined` before there are factors. */
export type PageVectorsOf = (
  page: Pick<Batch, 'user' | 'scene' | 'channel'>,
  items: readonly Ordinal[],
) => Promise<PageVectors | undefined>

export interface PageVectorsOptions {
  readonly state: State
  readonly models: Pick<ModelsInForce, 'factors' | 'versionOf' | 'ranker'>
  readonly residents: Pick<Residents, 'user' | 'parameters'>
  readonly clock: Clock
}

export function pageVectors(options: PageVectorsOptions): PageVectorsOf {
  const { state, models, residents, clock } = options
  return async ({ user, scene, channel }, items) => {
    const context = { user, scene, channel, at: clock.now(), fields: {} }
    const known = await state.read(tasteNeeds(context))
    const factors = models.factors()
    if (factors === undefined) return undefined
    const folded = residents.user(context, known)
    const weight = matchWeight(models.ranker()?.model)
    // Checked when it was set.
    const signals = residents.parameters.get(signalsParameter) as Signals | undefined
    return {
      model: `${factorsName}/${models.versionOf(factorsName)}`,
      dimension: factors.dims,
      ...factors.footing,
      user: packVector(folded?.vector ?? new Float32Array(factors.dims)),
      items: items.map((item) => packedItem(factors, item)),
      ...(weight !== undefined && { weight }),
      ...(signals !== undefined && { signals }),
    }
  }
}

function packedItem(factors: Factors, item: Ordinal): string {
  const { dims, items } = factors
  return isLearned(factors, item) ? packVector(items.subarray(item * dims, (item + 1) * dims)) : ''
}

/** What a match greater by 1 adds to the log-odds; 0 is what a match is where it is absent. */
function matchWeight(ranker: RankingModel | undefined): number | undefined {
  const place = ranker?.features.indexOf('factor-match') ?? -1
  if (ranker === undefined || place < 0) return undefined
  const added = (match: number): number => {
    const values = new Float32Array(ranker.features.length)
    values[place] = match
    return ranker.contributions(values)[place]!
  }
  return added(2) - added(1)
}

import { history } from '../projections/history.ts'
import { type Opinions, opinionsOf } from '../projections/opinions.ts'
import { parameters, signalsInForce, signalsParameter } from '../projections/parameters.ts'
import type { Need } from '../projections/projection.ts'
import type { Context } from './feature.ts'
import { type PerRequest, perRequest } from './per-request.ts'

/** What whoever asks liked and disliked: what most features and sources begin with. */
export const tasteOf: PerRequest<Opinions> = perRequest((context, known) =>
  opinionsOf(known.get(history, context.user) ?? [], signalsInForce(known)),
)

/** What `tasteOf` reads. */
export function tasteNeeds(context: Context): readonly Need[] {
  return [
    { projection: history, key: context.user },
    { projection: parameters, key: signalsParameter },
  ]
}

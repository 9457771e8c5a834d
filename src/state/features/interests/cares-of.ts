import { type Cares, carefree, caresAt } from '../../profile/cares.ts'
import { interestsInForce, interestsNeed } from '../../profile/interest-weights.ts'
import { profile } from '../../profile/profile-fold.ts'
import type { Need } from '../../projections/projection.ts'
import type { Context } from '../feature.ts'
import { type PerRequest, perRequest } from '../per-request.ts'

/** What whoever asks cares for, now. */
export const caresOf: PerRequest<Cares> = perRequest((context, known) => {
  const own = known.get(profile, context.user)
  return own === undefined ? carefree : caresAt(own, context.at, interestsInForce(known))
})

/** What `caresOf` reads. */
export function careNeeds(context: Context): readonly Need[] {
  return [{ projection: profile, key: context.user }, ...interestsNeed]
}

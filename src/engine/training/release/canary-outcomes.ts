import { type ArmOutcomes, type CanaryView, canaryView } from '../../../models/evaluation/canary.ts'
import { canaryArm, controlArm, crowdCount } from '../../../state/releases/arms.ts'
import { outcomeKey, outcomes } from '../../../state/releases/outcomes.ts'
import type { State } from '../../../state/state.ts'
import type { PromotionRules } from '../../control/declared/promotion.ts'

const confidence = 0.95

/** How the canary of a model does beside its control, by what came of their pages. */
export async function canaryOf(
  { state, rules }: { readonly state: Pick<State, 'read'>; readonly rules: () => PromotionRules },
  model: string,
  version: number,
): Promise<CanaryView> {
  const arm = async (name: string): Promise<ArmOutcomes> => {
    const keys = Array.from({ length: crowdCount }, (_, crowd) => outcomeKey(name, crowd))
    const known = await state.read(keys.map((key) => ({ projection: outcomes, key })))
    const values = keys.map((key) => known.get(outcomes, key))
    return {
      impressions: values.map((value) => value?.impressions ?? 0),
      successes: values.map((value) => value?.successes ?? 0),
    }
  }
  const [own, control] = [
    await arm(canaryArm(model, version)),
    await arm(controlArm(model, version)),
  ]
  const { impressionsMin, tolerance } = rules()
  return canaryView(own, control, { impressionsMin, tolerance, confidence })
}

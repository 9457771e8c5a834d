import type { Json } from '../../events/event.ts'
import { defaultGrants, type GrantRules } from '../../feed/grants/grant-rules.ts'
import { type NearlineSettings, nearlineDefaults } from '../../feed/nearline/nearline-settings.ts'
import type { CombinationOf } from '../../feed/rank/value.ts'
import type { Blocked, Pins, Shares } from '../../feed/rules.ts'
import type { ParameterView } from '../../state/parameter-view.ts'
import { type PredictLogSettings, predictLogDefaults } from '../serving/predict-log.ts'
import type { AlgorithmSpecs } from './declared/algorithms.ts'
import { declaredParameters } from './declared/all.ts'
import { type OnlineRules, onlineDefaults } from './declared/online.ts'
import { type PromotionRules, promotionDefaults } from './declared/promotion.ts'
import { type Combinations, everyScene } from './declared/ranking/combinations.ts'

export interface HotValues {
  readonly shares: () => Shares
  readonly blocked: () => Blocked
  readonly pins: () => Pins
  readonly nearline: () => NearlineSettings
  readonly grants: () => GrantRules
  readonly predictLog: () => PredictLogSettings
  /** The same object until it is changed. */
  readonly algorithms: () => AlgorithmSpecs
  readonly promotion: () => PromotionRules
  readonly combinationOf: CombinationOf
  readonly online: () => OnlineRules
}

/** Parameters as the stages of a recipe take them: what was set, else what was declared. */
export function hotValues(parameters: ParameterView): HotValues {
  const initial = new Map(declaredParameters.map(({ name, initial }) => [name, initial] as const))
  // Shapes were checked when the values were set, by the declarations of the same names.
  const value = <Shape>(name: string): Shape =>
    (parameters.get(name) ?? initial.get(name)) as Json as Shape
  return {
    shares: () => value('blend'),
    blocked: () => ({ items: [], ...value<Partial<Blocked>>('blocked') }),
    pins: () => value('pins'),
    nearline: () => ({ ...nearlineDefaults, ...value<Partial<NearlineSettings>>('nearline') }),
    grants: () => ({ ...defaultGrants, ...value<Partial<GrantRules>>('grants') }),
    predictLog: () => ({
      ...predictLogDefaults,
      ...value<Partial<PredictLogSettings>>('predict-log'),
    }),
    algorithms: () => value('algorithms'),
    combinationOf(scene) {
      const { [scene]: own, [everyScene]: all } = value<Combinations>('combinations')
      return own ?? all
    },
    promotion: () => ({ ...promotionDefaults, ...value<Partial<PromotionRules>>('promotion') }),
    online: () => ({ ...onlineDefaults, ...value<Partial<OnlineRules>>('online') }),
  }
}

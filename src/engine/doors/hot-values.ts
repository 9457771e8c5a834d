import type { Json } from '../../events/event.ts'
import type { Blocked, Pins, Shares } from '../../feed/rules.ts'
import type { ParameterView } from '../../state/parameter-view.ts'
import { declaredParameters } from './parameters.ts'

export interface HotValues {
  readonly shares: () => Shares
  readonly blocked: () => Blocked
  readonly pins: () => Pins
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
  }
}

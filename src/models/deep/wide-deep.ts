import { add } from '../graph/ops/elementary.ts'
import { fieldVectors, joined, linearPart, perceptron } from './network/blocks.ts'
import { crossOf, type DeclaredCross } from './network/cross.ts'
import { type Family, isIds } from './network/family.ts'
import { checkDeep, type DeepSettings, deepSettings, oneHead } from './network/settings.ts'

export interface WideDeepSettings extends DeepSettings {
  /** Combinations that the wide part has a weight for each of. */
  readonly crosses: readonly DeclaredCross[]
  /** Fields that the wide part takes as they are; all of ids where left out. */
  readonly wide?: readonly string[]
}

/**
 * A linear model of declared crosses, which remembers, beside a perceptron over vectors, which
 * generalises: their log-odds are added and learned together (Cheng et al. 2016).
 */
export const wideDeep: Family<WideDeepSettings> = {
  kind: 'wide-deep',
  defaults: { ...deepSettings, crosses: [] },
  heads: oneHead,
  check(settings, fields) {
    checkDeep(settings)
    for (const cross of settings.crosses) crossOf(cross, fields)
  },
  build(inputs, settings) {
    const { fields } = inputs
    const crosses = settings.crosses.map((cross) => crossOf(cross, fields))
    const plain = fields.filter(isIds).filter(({ name }) => settings.wide?.includes(name) ?? true)
    const vectors = fieldVectors(inputs, { use: 'vectors', ...settings })
    const deep = perceptron([...vectors, ...inputs.numbers], 'deep', settings)
    return [add(joined([deep], 'out', 1), linearPart(inputs, [...plain, ...crosses]))]
  },
}

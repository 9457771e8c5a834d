import { invalid } from '../../error.ts'
import { mul } from '../graph/ops/elementary.ts'
import { flat, joined, perceptron } from './network/blocks.ts'
import type { Family } from './network/family.ts'
import {
  categoryNamed,
  checkDeep,
  type DeepSettings,
  deepSettings,
  oneHead,
} from './network/settings.ts'

export interface NeuralCfSettings extends DeepSettings {
  /** The fields that say who and what; others are not looked at. */
  readonly user: string
  readonly item: string
  /**
   * `gmf`: the products of two vectors, weighed; `mlp`: both through a perceptron; `neumf`: both of
   * these with vectors of their own, joined at the end.
   */
  readonly form: 'gmf' | 'mlp' | 'neumf'
}

/** Neural collaborative filtering (He et al. 2017): it needs to know who and what, and no more. */
export const neuralCf: Family<NeuralCfSettings> = {
  kind: 'neural-cf',
  defaults: {
    ...deepSettings,
    ...{ user: 'user', item: 'item', form: 'neumf', hidden: [64, 32, 16] },
  },
  heads: oneHead,
  check(settings, fields) {
    checkDeep(settings)
    if (!['gmf', 'mlp', 'neumf'].includes(settings.form))
      throw invalid('form', `"${settings.form}" must be gmf, mlp or neumf`)
    for (const name of [settings.user, settings.item]) categoryNamed(fields, name)
  },
  build(inputs, settings) {
    const { form, user, item } = settings
    const both = [user, item].map((name) => categoryNamed(inputs.fields, name))
    const vectorsOf = (use: string) =>
      both.map((field) => flat(inputs.vectors([field], { ...settings, use })[0]!))
    const tops = []
    if (form !== 'mlp') {
      const [who, what] = vectorsOf('gmf')
      tops.push(mul(who!, what!))
    }
    if (form !== 'gmf') tops.push(perceptron(vectorsOf('mlp'), 'deep', settings))
    return [joined(tops, 'out', 1)]
  },
}

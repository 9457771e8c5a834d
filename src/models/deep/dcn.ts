import { add, mul } from '../graph/ops/elementary.ts'
import { fieldVectors, joined, perceptron, together } from './network/blocks.ts'
import type { Family } from './network/family.ts'
import {
  checkDeep,
  checkWhole,
  type DeepSettings,
  deepSettings,
  oneHead,
} from './network/settings.ts'

export interface DcnSettings extends DeepSettings {
  /** How often what is known is multiplied with itself, 1 to 16. */
  readonly crossLayers: number
}

/**
 * Deep & cross network, version 2 (Wang et al. 2021, eq. 1): x' = x0 ⊙ (W x + b) + x, layer by
 * layer, beside a perceptron, and both weighed together at the end (its parallel form).
 */
export const dcn: Family<DcnSettings> = {
  kind: 'dcn',
  defaults: { ...deepSettings, crossLayers: 3 },
  heads: oneHead,
  check(settings) {
    checkDeep(settings)
    checkWhole('crossLayers', settings.crossLayers, 1, 16)
  },
  build(inputs, settings) {
    const vectors = fieldVectors(inputs, { use: 'vectors', ...settings })
    const parts = [...vectors, ...inputs.numbers]
    const first = together(parts)
    const width = first.shape[1]!
    let x = first
    for (let layer = 0; layer < settings.crossLayers; layer++)
      x = add(mul(first, joined([x], `cross ${layer}`, width)), x)
    if (settings.hidden.length === 0) return [joined([x], 'out', 1)]
    return [joined([x, perceptron(parts, 'deep', settings)], 'out', 1)]
  },
}

import { fieldVectors, joined, perceptron } from './network/blocks.ts'
import type { Family } from './network/family.ts'
import { checkDeep, type DeepSettings, deepSettings, oneHead } from './network/settings.ts'

/** Vectors of all ids and the numbers through a perceptron: what the others are measured by. */
export const embeddingMlp: Family<DeepSettings> = {
  kind: 'embedding-mlp',
  defaults: deepSettings,
  heads: oneHead,
  check: checkDeep,
  build(inputs, settings) {
    const vectors = fieldVectors(inputs, { use: 'vectors', ...settings })
    const top = perceptron([...vectors, ...inputs.numbers], 'deep', settings)
    return [joined([top], 'out', 1)]
  },
}

import { invalid } from '../../error.ts'
import { fieldVectors, joined, perceptron } from './network/blocks.ts'
import type { Family, Head } from './network/family.ts'
import { checkDeep, checkLayers, type DeepSettings } from './network/settings.ts'

export interface MultiTaskSettings extends Omit<DeepSettings, 'head'> {
  readonly heads: readonly Head[]
  /** Widths of the layers that each head has for itself. */
  readonly own: readonly number[]
}

/**
 * Several things foretold at once: vectors and the first layers are shared (Caruana 1997), so that
 * what is rare learns from what is frequent. How they are weighed against each other is none of the
 * model's business: see `ranking/combination.ts`.
 */
export const multiTask: Family<MultiTaskSettings> = {
  kind: 'multi-task',
  defaults: {
    ...{ width: 16, deviation: 0.01, hidden: [128, 64], dropout: 0, activation: 'relu' },
    heads: [
      { name: 'click', learns: 'chance' },
      { name: 'like', learns: 'chance' },
      { name: 'dwell', learns: 'amount' },
    ],
    own: [32],
  },
  heads: ({ heads }) => heads,
  check(settings) {
    checkDeep({ ...settings, head: 'any' })
    checkLayers('own', settings.own)
    const { heads } = settings
    if (!Array.isArray(heads) || heads.length < 1 || heads.length > 16)
      throw invalid('heads', 'must be a list of 1 to 16')
    for (const { name, learns, weight = 1 } of heads) {
      if (heads.filter((other) => other.name === name).length > 1)
        throw invalid('heads', `must hold "${name}" once`)
      if (learns !== 'chance' && learns !== 'amount')
        throw invalid(`heads "${name}"`, `learns "${learns}", which must be chance or amount`)
      if (!(weight > 0 && weight < 1e6))
        throw invalid(`heads "${name}"`, `weight ${weight} must be > 0 and < 1e6`)
    }
  },
  build(inputs, settings) {
    const vectors = fieldVectors(inputs, { use: 'vectors', ...settings })
    const bottom = perceptron([...vectors, ...inputs.numbers], 'shared', settings)
    return settings.heads.map(({ name }) => {
      const own = perceptron([bottom], `head ${name}`, { ...settings, hidden: settings.own })
      return joined([own], `head ${name} out`, 1)
    })
  },
}

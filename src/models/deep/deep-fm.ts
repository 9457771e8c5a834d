import { add } from '../graph/ops/elementary.ts'
import {
  fieldVectors,
  joined,
  linearPart,
  numberVectors,
  pairs,
  perceptron,
} from './network/blocks.ts'
import type { Family } from './network/family.ts'
import {
  checkAnyIds,
  checkDeep,
  type DeepSettings,
  deepSettings,
  oneHead,
} from './network/settings.ts'

/** A factorisation machine and a perceptron over the same vectors, added (Guo et al. 2017). */
export const deepFm: Family<DeepSettings> = {
  kind: 'deep-fm',
  defaults: deepSettings,
  heads: oneHead,
  check(settings, fields) {
    checkDeep(settings)
    checkAnyIds(fields)
  },
  build(inputs, settings) {
    const vectors = fieldVectors(inputs, { use: 'vectors', ...settings })
    const numbers = numberVectors(inputs, 'vectors', settings.width)
    const deep = perceptron([...vectors, ...inputs.numbers], 'deep', settings)
    const shallow = add(pairs([...vectors, ...numbers]), linearPart(inputs))
    return [add(joined([deep], 'out', 1), shallow)]
  },
}

import { add } from '../graph/ops/elementary.ts'
import { fieldVectors, linearPart, numberVectors, pairs } from './network/blocks.ts'
import type { Family } from './network/family.ts'
import {
  checkAnyIds,
  checkDeep,
  type DeepSettings,
  deepSettings,
  oneHead,
} from './network/settings.ts'

/** A linear model and the products of all pairs of vectors (Rendle 2010), by steps of Adam. */
export const factorisationMachine: Family<DeepSettings> = {
  kind: 'factorisation-machine',
  defaults: { ...deepSettings, hidden: [] },
  heads: oneHead,
  check(settings, fields) {
    checkDeep(settings)
    checkAnyIds(fields)
  },
  build(inputs, settings) {
    const vectors = fieldVectors(inputs, { use: 'vectors', ...settings })
    const numbers = numberVectors(inputs, 'vectors', settings.width)
    return [add(pairs([...vectors, ...numbers]), linearPart(inputs))]
  },
}

import { invalid } from '../../error.ts'
import { add, mul, sum } from '../graph/ops/elementary.ts'
import type { Tensor } from '../graph/tensor.ts'
import type { Field } from '../ranking/field.ts'
import { fieldVectors, flat, joined, perceptron } from './network/blocks.ts'
import { type Family, type Inputs, isIds } from './network/family.ts'
import {
  checkDeep,
  checkWhole,
  type DeepSettings,
  deepSettings,
  oneHead,
} from './network/settings.ts'

export interface TwoTowerSettings extends DeepSettings {
  /** Numbers per vector of a user or an item, as recall stores them; 1 to 1024. */
  readonly dims: number
}

/**
 * A vector of who asks and one of what is offered, each through a perceptron of its own; their
 * inner product and a bias are the log-odds (Yi et al. 2019). So items can be found by their
 * vectors, and ranked by the same model. What tells of the context goes with the user.
 */
export const twoTower: Family<TwoTowerSettings> = {
  kind: 'two-tower',
  defaults: { ...deepSettings, dims: 32, hidden: [64] },
  heads: oneHead,
  check(settings, fields) {
    checkDeep(settings)
    checkWhole('dims', settings.dims, 1, 1024)
    for (const isItem of [true, false]) {
      if (!fields.some(({ side }) => (side === 'item') === isItem))
        throw invalid('fields', `must hold some of the ${isItem ? 'item' : 'user'}'s side`)
    }
  },
  build(inputs, settings) {
    const [user, item] = [tower(inputs, 'user', settings), tower(inputs, 'item', settings)]
    const bias = inputs.graph.parameter('bias', [1], 'zeros')
    return [add(sum(mul(user, item), [1], true), bias)]
  },
}

/** [n, dims]: the vector of one side. */
export function tower(inputs: Inputs, side: 'user' | 'item', settings: TwoTowerSettings): Tensor {
  const isMine = (field: Pick<Field, 'side'>) => (field.side === 'item') === (side === 'item')
  const ids = inputs.fields.filter(isIds).filter(isMine)
  const vectors = ids.length > 0 ? fieldVectors(inputs, { use: side, ...settings }, ids) : []
  const numbers = inputs.numbersOf(side)
  const top = perceptron([...vectors, ...numbers].map(flat), `${side} tower`, settings)
  return joined([top], `${side} vector`, settings.dims)
}

import { add, mul, reshape, sum } from '../graph/ops/elementary.ts'
import { linear } from '../graph/ops/matrix.ts'
import { bent, fieldVectors, flat, joined, perceptron } from './network/blocks.ts'
import { type Family, isIds } from './network/family.ts'
import {
  categoryNamed,
  checkDeep,
  checkLayers,
  type DeepSettings,
  deepSettings,
  oneHead,
  sequenceNamed,
} from './network/settings.ts'

export interface DinSettings extends DeepSettings {
  /** The field of what was met, and the field of what is ranked: they share a table. */
  readonly history: string
  readonly candidate: string
  /** Widths of the layers that say how much a thing of the history matters to a candidate. */
  readonly attention: readonly number[]
}

/**
 * Deep interest network (Zhou et al. 2018): each thing of the history counts by what it has to do
 * with the candidate; the weights are not made to sum to 1, so that much interest is more than
 * little. The difference of both vectors, which the paper feeds in as well, is a sum of what goes
 * in anyway: without it the network knows the same, and what hangs on one of them alone is
 * computed once for all.
 */
export const din: Family<DinSettings> = {
  kind: 'din',
  defaults: {
    ...deepSettings,
    ...{ history: 'history', candidate: 'item', attention: [64, 32], activation: 'dice' },
  },
  heads: oneHead,
  check(settings, fields) {
    checkDeep(settings)
    checkLayers('attention', settings.attention)
    sequenceNamed(fields, settings.history)
    categoryNamed(fields, settings.candidate)
  },
  build(inputs, settings) {
    const { graph, fields } = inputs
    const { attention, activation, width } = settings
    const embedding = { use: 'vectors', ...settings }
    const history = sequenceNamed(fields, settings.history)
    const [past] = inputs.vectors([history], embedding)
    const [candidate] = inputs.vectors([categoryNamed(fields, settings.candidate)], embedding)
    const rest = fields
      .filter(isIds)
      .filter(({ name }) => name !== settings.history && name !== settings.candidate)
    const others = rest.length > 0 ? fieldVectors(inputs, embedding, rest) : []

    const shared = mul(past!, candidate!)
    let hidden = shared
    for (const [layer, to] of attention.entries()) {
      const name = `attention ${layer}`
      if (layer === 0) {
        const weight = (of: string) => graph.parameter(`${name} ${of}`, [width, to], 'glorot')
        const bias = graph.parameter(`${name} bias`, [to], 'zeros')
        const alone = add(
          linear(past!, weight('past')),
          linear(candidate!, weight('candidate'), bias),
        )
        hidden = add(linear(shared, weight('shared')), alone)
      } else hidden = joinedRows(hidden, name, to)
      hidden = bent(hidden, name, activation)
    }
    const weights = mul(
      joinedRows(hidden, 'attention', 1),
      reshape(inputs.presence(history), [past!.shape[0]!, history.length, 1]),
    )
    const interest = sum(mul(weights, past!), [1])
    const top = perceptron(
      [...others, flat(candidate!), interest, ...inputs.numbers],
      'deep',
      settings,
    )
    return [joined([top], 'out', 1)]

    function joinedRows(x: typeof hidden, name: string, to: number) {
      const weight = graph.parameter(`${name} weight`, [x.shape.at(-1)!, to], 'glorot')
      return linear(x, weight, graph.parameter(`${name} bias`, [to], 'zeros'))
    }
  },
}

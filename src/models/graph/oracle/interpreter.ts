import { broken } from '../../../error.ts'
import { type GraphBuilder, sizeOf, type Tensor } from '../tensor.ts'
import { operators } from './operators.ts'
import type { Value } from './value.ts'

/**
 * Runs a graph in double precision, one loop per operator and none of it shared with what is
 * tested: the oracle of ONNX Runtime's numbers, and of gradients. It is far too slow for anything
 * else.
 *
 * `given` holds a value for each input and parameter; gives the value of any tensor.
 */
export function interpret(
  graph: GraphBuilder,
  given: ReadonlyMap<string, ArrayLike<number>>,
): (tensor: Tensor) => Float64Array {
  const values = new Map<Tensor, Value>()
  const leaves = [...graph.inputs, ...graph.parameters.map(({ tensor }) => tensor)]
  for (const tensor of leaves) {
    const data = given.get(tensor.name)
    if (data === undefined) continue
    if (data.length !== sizeOf(tensor.shape))
      throw broken(`${tensor.name}: ${data.length} numbers for a shape of [${tensor.shape}]`)
    values.set(tensor, { shape: tensor.shape, data: Float64Array.from(data) })
  }
  for (const { tensor, values: data } of graph.constants)
    values.set(tensor, { shape: tensor.shape, data: Float64Array.from(data) })
  for (const { type, inputs, outputs, attributes } of graph.operations) {
    const taken = inputs.map((input) => values.get(input))
    // What hangs on an input that was not given is not asked for.
    if (!taken.every((value) => value !== undefined)) continue
    const run = operators[type]
    if (run === undefined) throw broken(`the oracle knows no operator "${type}"`)
    const results = run(
      taken,
      attributes,
      outputs.map(({ shape }) => shape),
    )
    for (const [place, output] of outputs.entries()) {
      const result = results[place]!
      if (`${result.shape}` !== `${output.shape}`)
        throw broken(`${output.name} is [${output.shape}], the oracle finds [${result.shape}]`)
      values.set(output, result)
    }
  }
  return (tensor) => {
    const value = values.get(tensor)
    if (value === undefined) throw broken(`${tensor.name} hangs on an input that was not given`)
    return value.data
  }
}

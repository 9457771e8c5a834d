import { invalid } from '../../../error.ts'
import type { Attribute, Operation, Shape, Tensor } from '../tensor.ts'
import { type ProtoWriter, protoWriter } from './proto-writer.ts'

/** The version of ONNX's operators that graphs are written in: all of them in its own domain. */
export const opset = 17

/** What a file of ONNX is made of. */
export interface FileParts {
  /** What the file computes, by the names it shall have there. */
  readonly outputs: ReadonlyMap<string, Tensor>
  /** Tensors whose values lie in the file. What else is neither computed is given for each run. */
  readonly values: ReadonlyMap<Tensor, Float32Array>
  /** What a reader may want to know, as texts. */
  readonly notes?: Readonly<Record<string, string>>
}

/** Protocol Buffers know no larger message. */
const sizeMaxBytes = 2 ** 31 - 1

const elementTypes = { float: 1, int64: 7, bool: 9 }

/**
 * The part of a graph that its outputs need, as an ONNX file. A size below 0 is written as the
 * symbol `rows`, or a multiple of it.
 *
 * Throws `invalid_argument` where the values take more than 2 GB.
 */
export function toOnnx({ outputs, values, notes = {} }: FileParts): Uint8Array {
  const { operations, leaves } = needed([...outputs.values()])
  const graph = protoWriter()
  for (const [place, operation] of operations.entries()) graph.message(1, node(operation, place))
  for (const [name, tensor] of outputs) {
    graph.message(
      1,
      protoWriter().text(1, tensor.name).text(2, name).text(3, name).text(4, 'Identity'),
    )
  }
  graph.text(2, 'graph')
  let size = 0
  const initialise = (tensor: Tensor, bytes: Uint8Array): void => {
    size += bytes.length
    if (size > sizeMaxBytes) {
      throw invalid('model', `${size} bytes of values must be <= ${sizeMaxBytes} in a file of ONNX`)
    }
    const written = protoWriter()
    for (const length of tensor.shape) written.whole(1, length)
    written.whole(2, elementTypes[tensor.type]).text(8, tensor.name).bytes(9, bytes)
    graph.message(5, written)
  }
  for (const tensor of leaves) {
    const constant = tensor.graph.constants.find((other) => other.tensor === tensor)
    const value = values.get(tensor)
    if (constant) initialise(tensor, bytesOf(constant.values, tensor.type))
    else if (value)
      initialise(tensor, new Uint8Array(value.buffer, value.byteOffset, value.byteLength))
    else graph.message(11, described(tensor.name, tensor))
  }
  for (const [name, tensor] of outputs) graph.message(12, described(name, tensor))
  const domain = protoWriter().text(1, '').whole(2, opset)
  const model = protoWriter().whole(1, 8).text(2, 'starling').message(7, graph).message(8, domain)
  for (const [key, text] of Object.entries(notes)) {
    model.message(14, protoWriter().text(1, key).text(2, text))
  }
  return model.finish()
}

/** Tensors that are not computed but that these need, in the order in which they were declared. */
export const leavesOf = (outputs: readonly Tensor[]): readonly Tensor[] => needed(outputs).leaves

function needed(outputs: readonly Tensor[]) {
  const wanted = new Set(outputs)
  const graph = outputs[0]!.graph
  const operations = graph.operations
    .toReversed()
    .filter((operation) => {
      const isNeeded = operation.outputs.some((output) => wanted.has(output))
      if (isNeeded) for (const input of operation.inputs) wanted.add(input)
      return isNeeded
    })
    .toReversed()
  const declared = [
    ...graph.inputs,
    ...graph.parameters.map(({ tensor }) => tensor),
    ...graph.constants.map(({ tensor }) => tensor),
  ]
  return { operations, leaves: declared.filter((tensor) => wanted.has(tensor)) }
}

function node({ type, inputs, outputs, attributes }: Operation, place: number): ProtoWriter {
  const written = protoWriter()
  for (const input of inputs) written.text(1, input.name)
  for (const output of outputs) written.text(2, output.name)
  written.text(3, `${type}_${place}`).text(4, type)
  for (const [name, value] of Object.entries(attributes)) written.message(5, attribute(name, value))
  return written
}

function attribute(name: string, value: Attribute): ProtoWriter {
  const written = protoWriter().text(1, name)
  if (typeof value === 'number') return written.whole(3, value).whole(20, 2)
  if ('float' in value) return written.float(2, value.float).whole(20, 1)
  for (const number of value) written.whole(8, number)
  return written.whole(20, 7)
}

function described(name: string, { type, shape }: Tensor): ProtoWriter {
  const sizes = protoWriter()
  for (const size of shape) sizes.message(1, sizeIn(size))
  const tensor = protoWriter().whole(1, elementTypes[type]).message(2, sizes)
  return protoWriter().text(1, name).message(2, protoWriter().message(1, tensor))
}

function sizeIn(size: Shape[number]): ProtoWriter {
  if (size >= 0) return protoWriter().whole(1, size)
  return protoWriter().text(2, size === -1 ? 'rows' : `rows_times_${-size}`)
}

function bytesOf(values: readonly number[], type: Tensor['type']): Uint8Array {
  const array = type === 'int64' ? BigInt64Array.from(values, BigInt) : Float32Array.from(values)
  return new Uint8Array(array.buffer)
}

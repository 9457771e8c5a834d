import { opset } from './model-file.ts'
import { type ProtoWriter, protoWriter } from './proto-writer.ts'

/** Values of a file, or what a run is given: [rows, width]. */
export type PlainValues = Float32Array | BigInt64Array

export interface PlainNode {
  readonly type: string
  readonly inputs: readonly string[]
  readonly output: string
  readonly attributes?: Readonly<Record<string, PlainAttribute>>
  /** The standard's own where left out. */
  readonly domain?: 'ai.onnx.ml'
}

/** Whole numbers are bigints here: an attribute that is a fraction may hold a 1 as well. */
export type PlainAttribute =
  | bigint
  | number
  | string
  | Float32Array
  | BigInt64Array
  | readonly string[]

export interface PlainInput {
  readonly name: string
  readonly type: 'float' | 'int64'
  readonly width: number
}

/** A computation that nothing is learned by, as it stands in a file: nodes, in their order. */
export interface PlainFile {
  readonly inputs: readonly PlainInput[]
  /** Of single precision, [rows, 1]. */
  readonly outputs: readonly string[]
  readonly values: ReadonlyMap<
    string,
    { readonly shape: readonly number[]; readonly data: PlainValues }
  >
  readonly nodes: readonly PlainNode[]
  readonly notes: Readonly<Record<string, string>>
}

const elementTypes = { float: 1, int64: 7 }

/** The version of the operators for classical models, of which trees are one. */
const classicalOpset = 3

/** An ONNX file of operators that need no gradients: sums over ids, and ensembles of trees. */
export function plainOnnx({ inputs, outputs, values, nodes, notes }: PlainFile): Uint8Array {
  const graph = protoWriter()
  for (const [place, { type, inputs: taken, output, attributes = {}, domain }] of nodes.entries()) {
    const written = protoWriter()
    for (const name of taken) written.text(1, name)
    written.text(2, output).text(3, `${type}_${place}`).text(4, type)
    for (const [name, value] of Object.entries(attributes))
      written.message(5, attribute(name, value))
    if (domain !== undefined) written.text(7, domain)
    graph.message(1, written)
  }
  graph.text(2, 'graph')
  for (const [name, { shape, data }] of values) {
    const written = protoWriter()
    for (const length of shape) written.whole(1, length)
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    const type = data instanceof Float32Array ? elementTypes.float : elementTypes.int64
    graph.message(5, written.whole(2, type).text(8, name).bytes(9, bytes))
  }
  for (const input of inputs) graph.message(11, described(input))
  for (const name of outputs) graph.message(12, described({ name, type: 'float', width: 1 }))
  const model = protoWriter().whole(1, 8).text(2, 'starling').message(7, graph)
  model.message(8, protoWriter().text(1, '').whole(2, opset))
  if (nodes.some(({ domain }) => domain !== undefined)) {
    model.message(8, protoWriter().text(1, 'ai.onnx.ml').whole(2, classicalOpset))
  }
  for (const [key, text] of Object.entries(notes)) {
    model.message(14, protoWriter().text(1, key).text(2, text))
  }
  return model.finish()
}

function attribute(name: string, value: PlainAttribute): ProtoWriter {
  const written = protoWriter().text(1, name)
  if (typeof value === 'bigint') return written.whole(3, Number(value)).whole(20, 2)
  if (typeof value === 'number') return written.float(2, value).whole(20, 1)
  if (typeof value === 'string') return written.text(4, value).whole(20, 3)
  if (value instanceof Float32Array) {
    for (const number of value) written.float(7, number)
    return written.whole(20, 6)
  }
  if (value instanceof BigInt64Array) {
    for (const number of value) written.whole(8, Number(number))
    return written.whole(20, 7)
  }
  for (const text of value) written.text(9, text)
  return written.whole(20, 8)
}

function described({ name, type, width }: PlainInput): ProtoWriter {
  const sizes = protoWriter()
    .message(1, protoWriter().text(2, 'rows'))
    .message(1, protoWriter().whole(1, width))
  const tensor = protoWriter().whole(1, elementTypes[type]).message(2, sizes)
  return protoWriter().text(1, name).message(2, protoWriter().message(1, tensor))
}

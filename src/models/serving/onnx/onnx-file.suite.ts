/** Writes small ONNX models for tests, in the wire format of Protocol Buffers. */
export interface NodeSpec {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly domain?: string
  readonly ints?: Readonly<Record<string, number>>
}

export interface TensorSpec {
  readonly name: string
  readonly type: keyof typeof elementTypes
  /** Names where open. */
  readonly shape: readonly (number | string)[]
}

export interface WeightSpec {
  readonly name: string
  readonly shape: readonly number[]
  readonly values: Float32Array
  /** Its values are said to lie in another file. */
  readonly isElsewhere?: boolean
}

export interface FileSpec {
  readonly nodes: readonly NodeSpec[]
  readonly inputs: readonly TensorSpec[]
  readonly outputs: readonly TensorSpec[]
  readonly weights?: readonly WeightSpec[]
  readonly opset?: number
  readonly irVersion?: number
}

/** As onnx.proto numbers them. */
const elementTypes = { float32: 1, int32: 6, int64: 7, string: 8, bool: 9, float64: 11 } as const

export function onnxFile({
  nodes,
  inputs,
  outputs,
  weights = [],
  opset = 17,
  irVersion = 8,
}: FileSpec): Uint8Array {
  const domains = new Set(nodes.flatMap(({ domain }) => domain ?? []))
  const graph = [
    ...nodes.map((node) => bytes(1, nodeOf(node))),
    text(2, 'graph'),
    ...weights.map((weight) => bytes(5, weightOf(weight))),
    ...inputs.map((tensor) => bytes(11, infoOf(tensor))),
    ...outputs.map((tensor) => bytes(12, infoOf(tensor))),
  ]
  return join([
    number(1, irVersion),
    text(2, 'a test'),
    bytes(7, join(graph)),
    bytes(8, join([number(2, opset)])),
    ...[...domains].map((domain) => bytes(8, join([text(1, domain), number(2, 1)]))),
  ])
}

/** Layers of ReLU and a single number at the end, with weights that `weightOf` tells. */
export function mlpFile(widths: readonly number[], weightAt: (index: number) => number) {
  let drawn = 0
  const draw = (size: number): Float32Array =>
    Float32Array.from({ length: size }, () => weightAt(drawn++))
  const nodes: NodeSpec[] = []
  const weights: WeightSpec[] = []
  for (const [layer, width] of widths.slice(1).entries()) {
    const before = widths[layer]!
    weights.push({ name: `w${layer}`, shape: [before, width], values: draw(before * width) })
    weights.push({ name: `b${layer}`, shape: [width], values: draw(width) })
    const isLast = layer === widths.length - 2
    const from = layer === 0 ? 'x' : `relu${layer - 1}`
    nodes.push({
      operator: 'Gemm',
      inputs: [from, `w${layer}`, `b${layer}`],
      outputs: [isLast ? 'y' : `sum${layer}`],
    })
    if (!isLast) {
      nodes.push({ operator: 'Relu', inputs: [`sum${layer}`], outputs: [`relu${layer}`] })
    }
  }
  return onnxFile({
    nodes,
    weights,
    inputs: [{ name: 'x', type: 'float32', shape: ['rows', widths[0]!] }],
    outputs: [{ name: 'y', type: 'float32', shape: ['rows', widths.at(-1)!] }],
  })
}

function nodeOf({ operator, inputs, outputs, domain, ints = {} }: NodeSpec): Uint8Array {
  return join([
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, operator),
    ...Object.entries(ints).map(([name, value]) =>
      bytes(5, join([text(1, name), number(3, value), number(20, 2)])),
    ),
    ...(domain === undefined ? [] : [text(7, domain)]),
  ])
}

function weightOf({ name, shape, values, isElsewhere }: WeightSpec): Uint8Array {
  return join([
    ...shape.map((size) => number(1, size)),
    number(2, elementTypes.float32),
    text(8, name),
    ...(isElsewhere ? [number(14, 1)] : [bytes(9, new Uint8Array(values.buffer))]),
  ])
}

function infoOf({ name, type, shape }: TensorSpec): Uint8Array {
  const dims = shape.map((size) =>
    bytes(1, typeof size === 'number' ? number(1, size) : text(2, size)),
  )
  const tensor = join([number(1, elementTypes[type]), bytes(2, join(dims))])
  return join([text(1, name), bytes(2, bytes(1, tensor))])
}

const number = (field: number, value: number): Uint8Array =>
  join([varint(field * 8), varint(value)])

const text = (field: number, value: string): Uint8Array => bytes(field, Buffer.from(value))

const bytes = (field: number, value: Uint8Array): Uint8Array =>
  join([varint(field * 8 + 2), varint(value.length), value])

function varint(value: number): Uint8Array {
  const digits: number[] = []
  let left = value
  while (left >= 128) {
    digits.push((left % 128) + 128)
    left = Math.floor(left / 128)
  }
  return Uint8Array.from([...digits, left])
}

const join = (parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts)

import { invalid } from '../../../error.ts'
import { foreignFormat } from './foreign-format.ts'

/** What an ONNX file says of itself, read from its bytes before any runtime sees it. */
export interface ModelFacts {
  readonly irVersion: number
  /** Who wrote it: "pytorch 2.13.0". */
  readonly producer: string
  /** The version of each set of operators that it uses; '' is that of ONNX itself. */
  readonly opsets: ReadonlyMap<string, number>
  /** Operators used, as `domain:name`, and without a domain those of ONNX itself. */
  readonly operators: ReadonlySet<string>
}

/** Operators of these domains are known to the runtime. */
const knownDomains: ReadonlySet<string> = new Set(['', 'ai.onnx', 'ai.onnx.ml', 'com.microsoft'])

/** What the runtime in use has (ONNX 1.21): it names no operators newer than these. */
const newestOpset = 26
const newestIr = 13

/**
 * Throws `invalid_argument`, and says what to do, for bytes of another format, for versions and
 * operators that no runtime here knows, and for weights that lie in files beside the model.
 */
export function modelFacts(bytes: Uint8Array): ModelFacts {
  const foreign = foreignFormat(bytes)
  if (foreign !== undefined) throw invalid('model', `must be an ONNX file, and is ${foreign}`)
  const facts = readFacts(bytes)
  if (facts === undefined) throw invalid('model', 'must be an ONNX file; its bytes are none')
  const { irVersion, opsets, operators } = facts
  if (irVersion > newestIr) {
    throw invalid('model', `has IR version ${irVersion}; at most ${newestIr} is read here`)
  }
  const opset = opsets.get('') ?? opsets.get('ai.onnx')
  if (opset !== undefined && (opset < 7 || opset > newestOpset)) {
    const remedy = 'export it anew with opset_version=17 or another of these'
    throw invalid('model', `has opset ${opset}; 7 to ${newestOpset} are run here: ${remedy}`)
  }
  const strange = [...operators].find((name) => !knownDomains.has(domainOf(name)))
  if (strange !== undefined) {
    const message =
      `uses the operator ${strange}, which belongs to no set that is run here ` +
      `(${[...knownDomains].filter(Boolean).join(', ')})`
    throw invalid('model', message)
  }
  if (facts.isSplit) {
    throw invalid('model', 'keeps weights in files beside it: export it as one file')
  }
  return facts
}

const domainOf = (operator: string): string => operator.split(':').slice(0, -1).join(':')

/** Numbers of the fields that are read, as onnx.proto gives them. */
const fields = {
  model: { irVersion: 1, producer: 2, producerVersion: 3, graph: 7, opset: 8, functions: 25 },
  opset: { domain: 1, version: 2 },
  graph: { node: 1, initializer: 5 },
  node: { operator: 4, attribute: 5, domain: 7 },
  attribute: { graph: 6 },
  tensor: { location: 14 },
  function: { name: 1, domain: 10 },
} as const

/** What is gathered on the way. */
interface Facts {
  irVersion: number
  producer: string
  readonly opsets: Map<string, number>
  readonly operators: Set<string>
  /** Some weights lie in other files. */
  isSplit: boolean
}

function readFacts(bytes: Uint8Array): Facts | undefined {
  const facts: Facts = {
    ...{ irVersion: 0, producer: '', isSplit: false },
    ...{ opsets: new Map(), operators: new Set() },
  }
  const own = new Set<string>()
  let hasGraph = false
  try {
    for (const { number, value } of entries(bytes)) {
      const part = fields.model
      if (number === part.irVersion) facts.irVersion = Number(value)
      if (number === part.producer) facts.producer = text(value)
      if (number === part.producerVersion) facts.producer += ` ${text(value)}`
      if (number === part.opset) readOpset(message(value), facts.opsets)
      if (number === part.functions) own.add(functionName(message(value)))
      if (number !== part.graph) continue
      hasGraph = true
      readGraph(message(value), facts, 0)
    }
  } catch {
    return undefined
  }
  // Functions that the file brings along are made of other operators.
  for (const name of own) facts.operators.delete(name)
  return hasGraph && facts.irVersion > 0 ? facts : undefined
}

function readOpset(bytes: Uint8Array, opsets: Map<string, number>): void {
  let [domain, version] = ['', 0]
  for (const { number, value } of entries(bytes)) {
    if (number === fields.opset.domain) domain = text(value)
    if (number === fields.opset.version) version = Number(value)
  }
  opsets.set(domain, version)
}

const depthMax = 16

function readGraph(bytes: Uint8Array, facts: Facts, depth: number): void {
  if (depth > depthMax) throw new Error('graphs are nested too deep')
  for (const { number, value } of entries(bytes)) {
    if (number === fields.graph.node) readNode(message(value), facts, depth)
    if (number === fields.graph.initializer && isElsewhere(message(value))) facts.isSplit = true
  }
}

function readNode(bytes: Uint8Array, facts: Facts, depth: number): void {
  let [operator, domain] = ['', '']
  for (const { number, value } of entries(bytes)) {
    if (number === fields.node.operator) operator = text(value)
    if (number === fields.node.domain) domain = text(value)
    if (number !== fields.node.attribute) continue
    // Branches and loops hold graphs of their own.
    for (const inner of entries(message(value))) {
      if (inner.number === fields.attribute.graph) readGraph(message(inner.value), facts, depth + 1)
    }
  }
  facts.operators.add(named(domain, operator))
}

const named = (domain: string, name: string): string => (domain ? `${domain}:${name}` : name)

function functionName(bytes: Uint8Array): string {
  let [name, domain] = ['', '']
  for (const { number, value } of entries(bytes)) {
    if (number === fields.function.name) name = text(value)
    if (number === fields.function.domain) domain = text(value)
  }
  return named(domain, name)
}

function isElsewhere(tensor: Uint8Array): boolean {
  for (const { number, value } of entries(tensor)) {
    if (number === fields.tensor.location) return value === 1n
  }
  return false
}

type Value = bigint | Uint8Array

/** The fields of a message in the wire format of Protocol Buffers. Throws where it is none. */
function* entries(bytes: Uint8Array): Iterable<{ readonly number: number; readonly value: Value }> {
  let at = 0
  const varint = (): bigint => {
    let [value, shift] = [0n, 0n]
    for (;;) {
      const byte = bytes[at++]
      if (byte === undefined || shift > 63n) throw new Error('a number has no end')
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return value
      shift += 7n
    }
  }
  const take = (length: number): Uint8Array => {
    if (length > bytes.length - at) throw new Error('the bytes end too early')
    at += length
    return bytes.subarray(at - length, at)
  }
  while (at < bytes.length) {
    const tag = Number(varint())
    const [number, kind] = [Math.floor(tag / 8), tag % 8]
    if (kind === 0) yield { number, value: varint() }
    else if (kind === 1) yield { number, value: take(8) }
    else if (kind === 2) yield { number, value: take(Number(varint())) }
    else if (kind === 5) yield { number, value: take(4) }
    else throw new Error(`wire type ${kind} is unknown`)
  }
}

function message(value: Value): Uint8Array {
  if (typeof value === 'bigint') throw new Error('a message was expected')
  return value
}

const text = (value: Value): string => Buffer.from(message(value)).toString('utf8')

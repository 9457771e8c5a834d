import { invalid } from '../../error.ts'
import type { Json } from '../../events/event.ts'
import type { Source } from '../../state/features/declared/sources/source.ts'
import type { Field } from '../ranking/field.ts'
import { type Coding, numbersBelow, vocabulary } from './coding.ts'
import type { RawValue, ValueType } from './raw-value.ts'
import type { InputSpec } from './servable.ts'
import { type Argument, sourceArguments, sourceOptions } from './source-arguments.ts'

/**
 * The declared schema of a model that was made elsewhere: which features it takes, how they are
 * spelt outside, and what its outputs mean. Lies beside the model as `manifest.json`.
 */
export interface Manifest {
  /** How it is served: 'onnx', 'table', 'embeddings', or 'remote'. */
  readonly format: string
  readonly features: readonly Feature[]
  readonly heads: readonly Head[]
  /** All that the manifest says, for what only one format reads. */
  readonly all: JsonObject
}

/** A feature, as the world outside names it, and where the model takes it. */
export interface Feature extends InputSpec {
  readonly side: Field['side']
  /** Ids go through it; a feature without one is a number, or a vector of them. */
  readonly coding?: Coding
  /** Where a feed has its values from, in the words of a declared set. */
  readonly source?: Source
  /** Taken where a request leaves the feature out. */
  readonly fallback?: RawValue
  /** The tensor that takes it; the feature's own name unless told. */
  readonly input: string
  /** Its first place in the rows of a tensor that takes several features. */
  readonly column?: number
  /** The tensor's id of the first word of the vocabulary. */
  readonly first: number
  /** The tensor's id of what the vocabulary does not know; without one it is refused. */
  readonly unknown?: number
}

/** What a model foretells, and where it lies in its answer. */
export interface Head {
  readonly name: string
  readonly output: string
  readonly column: number
  readonly activation: 'none' | 'sigmoid' | 'softmax'
  readonly isScalar: boolean
}

export type JsonObject = { readonly [key: string]: Json }

/** Throws `invalid_argument`, and says where and what is allowed, for anything else. */
export function readManifest(value: unknown): Manifest {
  const all = objectAt(value, 'manifest')
  const format = textAt(all['format'] ?? 'onnx', 'format')
  const features = Object.entries(objectAt(all['inputs'], 'inputs')).map(([name, declared]) =>
    featureOf(name, objectAt(declared, `inputs.${name}`), format === 'onnx'),
  )
  if (features.length === 0) throw invalid('inputs', 'must name at least one feature')
  const outputs = objectAt(all['outputs'], 'outputs')
  const heads = Object.entries(outputs).map(([name, declared]) =>
    headOf(name, objectAt(declared, `outputs.${name}`)),
  )
  if (heads.length === 0) throw invalid('outputs', 'must name at least one head')
  return { format, features, heads, all }
}

/** The feature as a field of a ranker. */
export function fieldOf({ name, side, coding, width }: Feature): Field {
  if (coding === undefined) {
    return { kind: 'number', name, side, ...(width > 1 && { length: width }) }
  }
  const { size } = coding
  if (width === 1) return { kind: 'category', name, side, size }
  return { kind: 'sequence', name, side, size, length: width }
}

const featureKeys = [
  ...['dtype', 'input', 'column', 'length', 'vocabulary', 'size', 'first', 'unknown'],
  ...['default', 'side', 'holds', 'source'],
]

function featureOf(name: string, declared: JsonObject, takesIds: boolean): Feature {
  const at = `inputs.${name}`
  checkKeys(declared, at, featureKeys)
  const type = oneOf(declared['dtype'] ?? 'float32', `${at}.dtype`, types)
  const { vocabulary: words, size } = declared
  const coding = takesIds ? codingOf(at, type, words, size) : undefined
  const column = declared['column']
  const unknown = declared['unknown']
  const first = declared['first'] === undefined ? 0 : wholeAt(declared['first'], `${at}.first`, 0)
  const holds = declared['holds'] ?? whoseId(name, type)
  const feature: Feature = {
    ...{ name, type, first },
    width: declared['length'] === undefined ? 1 : wholeAt(declared['length'], `${at}.length`, 1),
    input: textAt(declared['input'] ?? name, `${at}.input`),
    side: oneOf(declared['side'] ?? 'context', `${at}.side`, ['user', 'item', 'context'] as const),
    ...(coding && { coding }),
    ...(column !== undefined && { column: wholeAt(column, `${at}.column`, 0) }),
    ...(unknown !== undefined && { unknown: wholeAt(unknown, `${at}.unknown`, 0) }),
    ...(holds && { holds: oneOf(holds, `${at}.holds`, ['user', 'item'] as const) }),
    ...(declared['source'] !== undefined && { source: sourceAt(at, declared['source']) }),
    ...fallbackOf(at, declared['default'], type),
  }
  checkUnknown(at, feature)
  return feature
}

/** Whether there is such a feature or action, its reader knows, where there is an engine. */
function sourceAt(feature: string, value: Json): Source {
  const at = `${feature}.source`
  const source = objectAt(value, at)
  const names = Object.keys(sourceArguments) as Source['from'][]
  const from = oneOf(source['from'], `${at}.from`, names)
  const needed = Object.entries(sourceArguments[from])
  const option = sourceOptions[from]
  checkKeys(source, at, ['from', ...needed.map(([name]) => name), ...(option ? [option] : [])])
  for (const [name, argument] of needed) checkArgument(source[name], `${at}.${name}`, argument)
  if (option && source[option] !== undefined) textAt(source[option], `${at}.${option}`)
  return source as unknown as Source
}

function checkArgument(value: Json | undefined, at: string, argument: Argument): void {
  if (argument === 'text') textAt(value, at)
  else if (argument === 'whole') wholeAt(value, at, 1)
  else if (argument === 'number') {
    if (typeof value !== 'number') throw invalid(at, 'must be a number')
  } else if (argument === 'pair') {
    const isPair = Array.isArray(value) && value.length === 2
    if (!isPair || value.some((each) => typeof each !== 'number'))
      throw invalid(at, 'must be a list of two numbers')
  } else oneOf(value, at, argument)
}

const types: readonly ValueType[] = ['float32', 'int64', 'int32', 'string']

function codingOf(
  at: string,
  type: ValueType,
  words: Json | undefined,
  size: Json | undefined,
): Coding | undefined {
  if (words !== undefined && size !== undefined) {
    throw invalid(`${at}.size`, 'must not stand beside a vocabulary, which says how many there are')
  }
  if (words === undefined && size === undefined) {
    if (type !== 'string') return undefined
    throw invalid(
      `${at}.vocabulary`,
      'is needed for texts: the words that the model was trained on',
    )
  }
  if (type === 'float32') {
    throw invalid(`${at}.dtype`, 'must be int64, int32 or string for what is an id')
  }
  if (words === undefined) {
    if (type === 'string') throw invalid(`${at}.size`, 'is for whole numbers: texts need words')
    return numbersBelow(wholeAt(size, `${at}.size`, 1), type)
  }
  if (!Array.isArray(words) || !words.every(isWord)) {
    throw invalid(`${at}.vocabulary`, 'must be a list of texts or whole numbers')
  }
  return vocabulary(at, words, type)
}

const isWord = (word: Json): word is string | number =>
  typeof word === 'string' || (typeof word === 'number' && Number.isInteger(word))

/**
 * Whose ids they are, by the usual names: what is logged of users can then be erased with them.
 */
function whoseId(name: string, type: ValueType): 'user' | 'item' | undefined {
  if (type === 'float32') return undefined
  if (/^user(_?id)?$/i.test(name)) return 'user'
  return /^(item|movie)(_?id)?$/i.test(name) ? 'item' : undefined
}

function fallbackOf(
  at: string,
  value: Json | undefined,
  type: ValueType,
): Pick<Feature, 'fallback' | 'optional' | 'standIn'> {
  if (value === undefined) return {}
  if (typeof value !== 'number' && typeof value !== 'string') {
    throw invalid(`${at}.default`, 'must be a number or a text')
  }
  if (type !== 'string' && typeof value === 'string') {
    throw invalid(`${at}.default`, `"${value}" must be a number, as the feature is`)
  }
  return { fallback: value, optional: true, ...(typeof value === 'number' && { standIn: value }) }
}

function checkUnknown(at: string, { unknown, first, coding }: Feature): void {
  if (coding === undefined) {
    if (unknown === undefined) return
    throw invalid(`${at}.unknown`, 'is for ids: give a vocabulary or a size beside it')
  }
  const last = first + coding.size - 2
  if (unknown === undefined || unknown < first || unknown > last) return
  throw invalid(
    `${at}.unknown`,
    `${unknown} is the id of a word (${first} to ${last}): say with "first" where they begin, ` +
      'or with "default" which of them stands for what is unknown',
  )
}

const headKeys = ['output', 'column', 'activation', 'scalar']
const activations = ['none', 'sigmoid', 'softmax'] as const

function headOf(name: string, declared: JsonObject): Head {
  const at = `outputs.${name}`
  checkKeys(declared, at, headKeys)
  const { column = 0, activation = 'none', scalar = false, output = name } = declared
  if (typeof scalar !== 'boolean') throw invalid(`${at}.scalar`, 'must be true or false')
  return {
    name,
    output: textAt(output, `${at}.output`),
    column: wholeAt(column, `${at}.column`, 0),
    activation: oneOf(activation, `${at}.activation`, activations),
    isScalar: scalar,
  }
}

function objectAt(value: unknown, at: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as JsonObject // It was parsed from JSON.
  }
  throw invalid(at, 'must be an object')
}

export function checkKeys(value: JsonObject, at: string, known: readonly string[]): void {
  const extra = Object.keys(value).find((key) => !known.includes(key))
  if (extra !== undefined)
    throw invalid(`${at}.${extra}`, `is not known; there are ${known.join(', ')}`)
}

export function textAt(value: Json | undefined, at: string): string {
  if (typeof value === 'string' && value !== '') return value
  throw invalid(at, 'must be a text')
}

export function wholeAt(value: Json | undefined, at: string, least: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value
  throw invalid(at, `${JSON.stringify(value)} must be a whole number >= ${least}`)
}

export function oneOf<Word extends string>(
  value: Json | undefined,
  at: string,
  words: readonly Word[],
): Word {
  const found = words.find((word) => word === value)
  if (found !== undefined) return found
  throw invalid(at, `${JSON.stringify(value)} must be one of ${words.join(', ')}`)
}

import { invalid, type StarlingError } from '../../../error.ts'
import { columnsOf, type Rows } from '../../ranking/rows.ts'
import type { Feature, Manifest } from '../manifest.ts'
import { fieldOf } from '../manifest.ts'
import type { Feed, Feeds, TensorType } from './tensors.ts'

/** What a session says of one of its inputs. */
export interface InputFacts {
  readonly name: string
  readonly type: string
  /** Numbers where they are fixed, names where not; the batch first. */
  readonly shape: readonly (number | string)[]
}

/** Puts the features of rows into the tensors that a model takes. */
export interface TensorPlan {
  feedsOf(rows: Rows): Feeds
}

/** Features that share a tensor, and where in its rows each begins. */
interface PlannedInput {
  readonly name: string
  readonly type: TensorType
  /** Values per row. */
  readonly width: number
  /** The dimensions behind the batch. */
  readonly rest: readonly number[]
  readonly parts: readonly { readonly feature: Feature; readonly index: number; at: number }[]
}

/**
 * Throws `invalid_argument` where what the manifest declares is not what the model takes: an input
 * that nothing fills, columns that overlap or leave a gap, a type that does not fit, a batch of a
 * fixed size.
 */
export function tensorPlan(manifest: Manifest, inputs: readonly InputFacts[]): TensorPlan {
  const { features } = manifest
  const names = new Set(inputs.map(({ name }) => name))
  const stray = features.find(({ input }) => !names.has(input))
  if (stray !== undefined) {
    const known = [...names].join(', ')
    throw invalid(`inputs.${stray.name}.input`, `"${stray.input}" is none of the model: ${known}`)
  }
  const planned = inputs.map((facts) => plannedInput(facts, features))
  const fields = features.map(fieldOf)
  return {
    feedsOf(rows) {
      const columns = columnsOf(rows, fields)
      return planned.map((input) => feedOf(input, columns, rows.rowCount))
    },
  }
}

function plannedInput(facts: InputFacts, features: readonly Feature[]): PlannedInput {
  const { name } = facts
  const type = typeOf(facts)
  const parts = features
    .map((feature, index) => ({ feature, index, at: 0 }))
    .filter(({ feature }) => feature.input === name)
  if (parts.length === 0) throw invalid('inputs', `no feature fills the input "${name}"`)
  let width = 0
  parts.sort((one, other) => (one.feature.column ?? 0) - (other.feature.column ?? 0))
  for (const part of parts) {
    const { column, width: own } = part.feature
    if (column === undefined && parts.length > 1) {
      throw invalid(`inputs.${part.feature.name}.column`, `is needed: "${name}" takes several`)
    }
    part.at = column ?? 0
    if (part.at !== width) {
      const message = `${part.at} must be ${width}: the columns of "${name}" follow one another`
      throw invalid(`inputs.${part.feature.name}.column`, message)
    }
    width += own
  }
  for (const { feature } of parts) checkType(feature, type)
  return { name, type, width, rest: restOf(facts, width), parts }
}

const numberTypes: ReadonlySet<string> = new Set(['float32', 'float64', 'int32', 'int64', 'bool'])

function typeOf({ name, type }: InputFacts): TensorType {
  if (numberTypes.has(type) || type === 'string') return type as TensorType
  throw invalid(
    `model input "${name}"`,
    `is of type ${type}; float32, float64, int32, int64, bool and string can be filled`,
  )
}

function checkType({ name, coding, fallback, unknown }: Feature, type: TensorType): void {
  if (type !== 'string') return
  if (coding === undefined || unknown !== undefined) {
    const message = 'must have a vocabulary, and no "unknown": the model takes the words themselves'
    throw invalid(`inputs.${name}.vocabulary`, message)
  }
  if (fallback === undefined) return
}

/** The dimensions behind the batch, of which one may be open. */
function restOf({ name, shape }: InputFacts, width: number): readonly number[] {
  const [batch, ...rest] = shape
  if (batch === undefined) throw invalid(`model input "${name}"`, 'has no dimension for a batch')
  if (typeof batch === 'number') {
    const remedy = 'export it with a dynamic first dimension (dynamic_axes, dynamic_shapes)'
    throw invalid(`model input "${name}"`, `takes ${batch} rows and no others: ${remedy}`)
  }
  const fixed = rest.reduce<number>(
    (product, size) => product * (typeof size === 'number' ? size : 1),
    1,
  )
  const open = rest.filter((size) => typeof size === 'string').length
  const left = width / fixed
  if (open > 1 || !Number.isInteger(left) || (open === 0 && left !== 1)) {
    const wanted = `[${shape.join(', ')}]`
    throw invalid(`model input "${name}"`, `is ${wanted}; the features bring ${width} per row`)
  }
  return rest.map((size) => (typeof size === 'number' ? size : left))
}

type Column = Float32Array | Uint32Array

function feedOf(input: PlannedInput, columns: readonly Column[], rowCount: number): Feed {
  const { name, type, width, rest, parts } = input
  const dims = [rowCount, ...rest]
  const size = rowCount * width
  if (type === 'string') {
    const data = new Array<string>(size)
    for (const part of parts) {
      fill(part, columns, { rowCount, width }, (place, id) => {
        data[place] = wordOf(part.feature, id)
      })
    }
    return { name, type, dims, data }
  }
  const [only] = parts
  const whole = columns[only!.index]!
  // A vector of numbers that is the whole tensor goes in as it is.
  if (type === 'float32' && whole instanceof Float32Array && whole.length === size) {
    if (parts.length === 1) return { name, type, dims, data: whole.slice() }
  }
  const data = arrayOf(type, size)
  for (const part of parts) {
    const numberOf = tensorNumber(part.feature)
    fill(part, columns, { rowCount, width }, (place, value) => {
      const number = numberOf(value)
      if (data instanceof BigInt64Array) data[place] = BigInt(Math.trunc(number))
      else data[place] = number
    })
  }
  return { name, type, dims, data }
}

/** Walks the values of a feature; those that hold for all rows come once for each. */
function fill(
  { feature, index, at }: PlannedInput['parts'][number],
  columns: readonly Column[],
  { rowCount, width }: { readonly rowCount: number; readonly width: number },
  put: (place: number, value: number) => void,
): void {
  const column = columns[index]!
  const own = feature.width
  const step = column.length === own * rowCount ? own : 0
  for (let row = 0; row < rowCount; row++) {
    for (let part = 0; part < own; part++) {
      put(row * width + at + part, column[row * step + part]!)
    }
  }
}

function arrayOf(type: Exclude<TensorType, 'string'>, size: number) {
  switch (type) {
    case 'float32':
      return new Float32Array(size)
    case 'float64':
      return new Float64Array(size)
    case 'int32':
      return new Int32Array(size)
    case 'int64':
      return new BigInt64Array(size)
    case 'bool':
      return new Uint8Array(size)
  }
}

function tensorNumber(feature: Feature): (value: number) => number {
  const { name, coding, first, unknown } = feature
  if (coding === undefined) return (value) => value
  return (id) => {
    if (id > 0) return first + id - 1
    if (unknown !== undefined) return unknown
    throw unknownValue(name)
  }
}

function wordOf({ name, coding }: Feature, id: number): string {
  const word = coding!.valueOf(id)
  if (word === undefined) throw unknownValue(name)
  return String(word)
}

function unknownValue(name: string): StarlingError {
  return invalid(
    name,
    'holds a value that the model does not know, and its manifest says neither "unknown" nor ' +
      '"default" for such',
  )
}

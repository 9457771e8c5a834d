import type { StarlingError } from '../../error.ts'
import type { RawColumn, RawValue, ValueType } from '../../models/serving/raw-value.ts'
import type { InputSpec } from '../../models/serving/servable.ts'
import type { LooseJson } from '../../models/serving/wire/loose-json.ts'
import { fault, isList, isObject, kindOf, own, shown } from './values.ts'

/** One input on its way from JSON, value after value. */
export interface ColumnMaker {
  readonly spec: InputSpec
  readonly values: RawColumn
  /** Rows put so far. */
  readonly count: number
  readonly rowCount: number
  /** The tensor of one row. */
  put(value: LooseJson, row: number): void
  /** The tensor of all rows. */
  putAll(value: LooseJson): void
}

export function columnFor(spec: InputSpec, rowCount: number): ColumnMaker {
  const { type, width } = spec
  let values: RawColumn = type === 'float32' ? new Float32Array(rowCount * width) : []
  let [count, filled] = [0, 0]
  const add = (value: LooseJson): void => {
    const checked = checkedValue(value, type)
    if (values instanceof Float32Array) values[filled++] = Number(checked)
    else (values as RawValue[])[filled++] = checked
  }
  return {
    spec,
    get values() {
      return values
    },
    get count() {
      return count
    },
    get rowCount() {
      return values.length / width
    },
    put(value, row) {
      const before = filled
      const size = sizeOf(value)
      if (size !== width) throw fault(`Expecting tensor size: ${width} but got: ${size}`)
      if (row > count && !spec.optional) throw fault(`is missing before element ${row}`)
      flatten(value, shapeOf(value), 0, add)
      if (filled - before === width) count++
    },
    putAll(value) {
      const shape = shapeOf(value)
      const size = shape.reduce((product, each) => product * each, 1)
      if (size % width !== 0) {
        const given = `[${shape.join(',')}]`
        throw fault(`Tensor name: ${spec.name} has shape ${given} where rows have ${width} values`)
      }
      if (type === 'float32') values = new Float32Array(size)
      flatten(value, shape, 0, add)
      count = size / width
    },
  }
}

/** The shape of a nested list, as its first elements have it. */
function shapeOf(value: LooseJson): readonly number[] {
  const shape: number[] = []
  for (let inner: LooseJson | undefined = value; isList(inner); inner = inner[0]) {
    shape.push(inner.length)
    if (shape.length > depthMax) throw fault('Lists are nested too deep')
  }
  return shape
}

const depthMax = 16

const sizeOf = (value: LooseJson): number =>
  isList(value) ? shapeOf(value).reduce((product, size) => product * size, 1) : 1

function flatten(
  value: LooseJson,
  shape: readonly number[],
  level: number,
  add: (value: LooseJson) => void,
): void {
  if (!isList(value)) {
    if (level === shape.length) {
      add(value)
      return
    }
    throw fault(
      `JSON Value: ${shown(value)} found at incorrect level: ${level + 1} in the JSON DOM. ` +
        `Expected at level: ${shape.length}`,
    )
  }
  const size = shape[level]
  if (size === undefined) {
    throw fault(`Encountered list at unexpected level: ${level} expected < ${shape.length}`)
  }
  if (value.length !== size) {
    throw fault(
      `Encountered list at unexpected size: ${value.length} at level: ${level} ` +
        `expected size: ${size}`,
    )
  }
  for (const each of value) flatten(each, shape, level + 1, add)
}

/** What TensorFlow calls the types, in its messages. */
const typeNames: Readonly<Record<ValueType, string>> = {
  float32: 'float',
  int64: 'int64',
  int32: 'int32',
  string: 'string',
}

const [int32Least, int32Most] = [-(2 ** 31), 2 ** 31 - 1]
const float32Most = 3.4028234663852886e38

function checkedValue(value: LooseJson, type: ValueType): RawValue {
  switch (type) {
    case 'float32':
      if (typeof value !== 'number' && typeof value !== 'bigint') throw mistyped(value, type)
      if (Number.isFinite(Number(value)) && Math.abs(Number(value)) > float32Most) {
        const given = shown(value)
        throw fault(`Cannot convert JSON value: ${given} to float without loss of precision.`)
      }
      return value
    case 'int32':
      if (!Number.isInteger(value)) throw mistyped(value, type)
      if (Number(value) < int32Least || Number(value) > int32Most) throw mistyped(value, type)
      return Number(value)
    case 'int64':
      if (typeof value !== 'bigint' && !Number.isInteger(value)) throw mistyped(value, type)
      return value as number | bigint
    case 'string':
      if (typeof value === 'string') return value
      return binary(value) ?? raise(mistyped(value, type))
  }
}

/** `{"b64": "…"}`, which stands for bytes; here they are the bytes of a text. */
function binary(value: LooseJson): string | undefined {
  if (!isObject(value)) return undefined
  const { b64 } = own(value, ['b64'])
  if (typeof b64 !== 'string' || Object.keys(value).length !== 1) {
    throw fault(`JSON Value: ${shown(value)} not formatted correctly for base64 data`)
  }
  return Buffer.from(b64, 'base64').toString('utf8')
}

function mistyped(value: LooseJson, type: ValueType): StarlingError {
  const given = `JSON Value: ${shown(value)} Type: ${kindOf(value)}`
  return fault(`${given} is not of expected type: ${typeNames[type]}`)
}

function raise(error: StarlingError): never {
  throw error
}

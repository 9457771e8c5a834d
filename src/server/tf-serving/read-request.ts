import type { Asked, Signature } from '../../models/serving/servable.ts'
import {
  type LooseJson,
  type LooseObject,
  readLooseJson,
} from '../../models/serving/wire/loose-json.ts'
import { type ColumnMaker, columnFor } from './columns.ts'
import { fault, isList, isObject, kindOf, own, shown } from './values.ts'

/** How a request spelt its rows, and how it wants the answer. */
export type Format = 'row' | 'column' | 'examples'

export interface ReadRequest {
  readonly format: Format
  /** The rows, once it is known what the model takes. */
  readonly rows: (signature: Signature) => Asked
}

/**
 * A request of TensorFlow Serving's REST interface: `instances` for predict by rows, `inputs` by
 * columns, `examples` for classify and regress. Throws `invalid_argument` in its words.
 */
export function readRequest(text: string, method: 'predict' | 'classify' | 'regress'): ReadRequest {
  const body = readLooseJson(text)
  if (!isObject(body)) throw fault(`JSON Value: ${shown(body)} Is not object`)
  checkSignatureName(body)
  if (method !== 'predict') return { format: 'examples', rows: (of) => examples(body, of, method) }
  const { instances, inputs } = own(body, ['instances', 'inputs'])
  if (instances !== undefined && inputs !== undefined) {
    const message = "Not formatted correctly expecting only one of 'inputs' or 'instances' keys"
    throw fault(`JSON Value: ${shown(body)} ${message} to exist`)
  }
  if (instances !== undefined) {
    if (!isList(instances)) {
      throw fault(`JSON Value: ${shown(body)} Excepting 'instances' to be an list/array`)
    }
    if (instances.length === 0) {
      throw fault(`JSON Value: ${shown(body)} No values in 'instances' array`)
    }
    return { format: 'row', rows: (signature) => byRows(instances, signature) }
  }
  if (inputs === undefined) throw fault("Missing 'inputs' or 'instances' key")
  return { format: 'column', rows: (signature) => byColumns(inputs, signature) }
}

/** The one signature that a model here has, under the names that it usually goes by. */
const signatureNames: ReadonlySet<string> = new Set([
  ...['', 'serving_default', 'predict'],
  ...['tensorflow/serving/predict', 'tensorflow/serving/regress', 'tensorflow/serving/classify'],
])

function checkSignatureName(body: LooseObject): void {
  const { signature_name: name } = own(body, ['signature_name'])
  if (name === undefined) return
  if (typeof name !== 'string') {
    throw fault(
      `JSON Value: ${shown(body)} not formatted correctly. ` +
        "'signature_name' key must be a string value.",
    )
  }
  if (!signatureNames.has(name)) {
    throw fault(`Serving signature name: "${name}" not found in signature def`)
  }
}

function byRows(instances: readonly LooseJson[], { inputs }: Signature): Asked {
  const isNamed = isNamedTensors(instances[0]!)
  const [only] = inputs
  if (!isNamed && inputs.length > 1) {
    throw fault(
      'instances is a plain list, but expecting list of objects as multiple input tensors ' +
        'required as per tensorinfo_map',
    )
  }
  const columns = new Map(inputs.map((input) => [input.name, columnFor(input, instances.length)]))
  for (const [row, instance] of instances.entries()) {
    if (!isNamed) {
      if (isNamedTensors(instance)) {
        throw fault(`Expecting value/list but got object at item ${row} of input list`)
      }
      within(`Failed to process element: ${row} of 'instances' list.`, () =>
        columns.get(only!.name)!.put(instance, row),
      )
      continue
    }
    if (!isNamedTensors(instance)) {
      throw fault(`Expecting object but got list at item ${row} of input list`)
    }
    putNamed(instance as LooseObject, row, columns)
  }
  return asked(instances.length, columns)
}

type Columns = ReadonlyMap<string, ColumnMaker>

function putNamed(instance: LooseObject, row: number, columns: Columns): void {
  for (const [name, value] of Object.entries(instance)) {
    within(`Failed to process element: ${row} key: ${name} of 'instances' list.`, () => {
      const column = columns.get(name)
      if (column === undefined) {
        throw fault(`JSON object: does not have named input: ${name}`)
      }
      column.put(value, row)
    })
  }
  for (const column of columns.values()) {
    if (column.count === row + 1 || (column.spec.optional && column.count === 0)) continue
    // What may be left out is needed as well where the rows before gave it.
    const before = (name: string, count: number) => count - (Object.hasOwn(instance, name) ? 1 : 0)
    const isNeeded = ([name, { spec, count }]: readonly [string, ColumnMaker]): boolean =>
      !spec.optional || (row > 0 && before(name, count) === row)
    const names = [...columns].filter(isNeeded).map(([name]) => name)
    throw fault(
      `Failed to process element: ${row} of 'instances' list. JSON object: ${shown(instance)} ` +
        `keys must be equal to: ${names.join(',')}`,
    )
  }
}

function byColumns(given: LooseJson, { inputs }: Signature): Asked {
  if (!isNamedTensors(given) && inputs.length > 1) {
    throw fault(
      'inputs is a plain value/list, but expecting an object as multiple input tensors required ' +
        'as per tensorinfo_map',
    )
  }
  const found = new Map<string, ColumnMaker>()
  for (const input of inputs) {
    const value = isNamedTensors(given)
      ? own(given as LooseObject, [input.name])[input.name]
      : given
    if (value === undefined) {
      if (input.optional) continue
      throw fault(`Missing named input: ${input.name} in 'inputs' object.`)
    }
    const column = columnFor(input, 0)
    column.putAll(value)
    found.set(input.name, column)
  }
  const rowCounts = [...found.values()].map(({ rowCount }) => rowCount)
  // What is given for one row alone holds for all: what tells of a user is sent once.
  const rowCount = rowCounts.find((count) => count !== 1) ?? 1
  const other = [...found].find(([, column]) => ![1, rowCount].includes(column.rowCount))
  if (other !== undefined) {
    const [name, column] = other
    throw fault(
      `Tensor name: ${name} has inconsistent batch size: ${column.rowCount} expecting: ${rowCount}`,
    )
  }
  return asked(rowCount, found)
}

/** Rows of classify and regress: objects, beside what holds for all of them. */
function examples(body: LooseObject, signature: Signature, method: string): Asked {
  const { context = {}, examples: rows } = own(body, ['context', 'examples'])
  if (rows === undefined) {
    const message = `When method is ${method}, key 'examples' is expected and was not found`
    throw fault(`JSON Value: ${shown(body)} ${message}`)
  }
  if (!isList(rows)) {
    throw fault(`JSON Value: ${shown(body)} Expecting 'examples' value to be an list/array`)
  }
  if (rows.length === 0)
    throw fault(`JSON Value: ${shown(body)} 'examples' value is an empty array`)
  const instances = rows.map((row) => {
    if (isObject(row) && isObject(context)) return { ...context, ...row }
    throw fault(`Example must be JSON object but got JSON ${kindOf(row)}`)
  })
  return byRows(instances, signature)
}

function asked(rowCount: number, columns: Columns): Asked {
  const given = [...columns].filter(([, { count }]) => count > 0 || rowCount === 0)
  return { rowCount, columns: new Map(given.map(([name, { values }]) => [name, values])) }
}

/** Has a fault say where it is. */
function within(place: string, work: () => void): void {
  try {
    work()
  } catch (error) {
    const what = error instanceof Error ? error.message.replace('[invalid_argument] ', '') : error
    throw fault(`${place} Error: INVALID_ARGUMENT: ${what}`)
  }
}

const isNamedTensors = (value: LooseJson): boolean =>
  isObject(value) && !(Object.keys(value).length === 1 && typeof value['b64'] === 'string')

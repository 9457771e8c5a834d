import { invalid } from '../error.ts'
import { type Operation, pathFields } from './operation.ts'
import { fieldsOf, shapeOf } from './shape.ts'

type Texts = Readonly<Record<string, unknown>>

/**
 * Reads an input from the parts of an HTTP request, as `client/spell.ts` writes them: what is
 * not in the path is in the body of a PUT or POST, else in the query. What cannot be read is passed
 * on as it came, so that the check has something to name. Compiled once per operation.
 */
export function fromHttp(described: Operation) {
  const inPath = pathFields(described.path)
  const readers = readersOf(described)
  const readQuery = queryReader(readers)
  const hasBody = described.method === 'PUT' || described.method === 'POST'
  return (params: Texts, query: Texts, body: unknown): Record<string, unknown> => {
    const input = hasBody ? bodyFields(body) : readQuery(query)
    for (const name of inPath) {
      const told = params[name]
      const value = typeof told === 'string' ? readers.each.get(name)!(told) : told
      if (input[name] !== undefined && input[name] !== value) {
        throw invalid(name, 'in the body must be that of the path, or be left out')
      }
      input[name] = value
    }
    return input
  }
}

function bodyFields(body: unknown): Record<string, unknown> {
  if (body === undefined || body === null) return {}
  if (typeof body !== 'object' || Array.isArray(body))
    throw invalid('body', 'must be a JSON object')
  return { ...body }
}

type Reader = (text: string) => unknown

/** How the fields of an input are read that are one text each, and those that are maps. */
function readersOf(described: Operation) {
  const each = new Map<string, Reader>()
  const maps: string[] = []
  for (const { name, schema } of fieldsOf(described.input)) {
    const { kind } = shapeOf(schema)
    if (kind === 'map') maps.push(name)
    else each.set(name, readerOf[kind] ?? ((text) => text))
  }
  return { each, maps }
}

function queryReader({ each, maps }: ReturnType<typeof readersOf>) {
  return (query: Texts): Record<string, unknown> => {
    const input: Record<string, unknown> = {}
    for (const key in query) {
      const value = query[key]
      if (typeof value !== 'string') throw invalid(key, 'must be given once')
      const read = each.get(key)
      const map = read ? undefined : maps.find((name) => key.startsWith(`${name}.`))
      if (map === undefined) input[key] = read ? read(value) : value
      else put(input, map, key.slice(map.length + 1), value)
    }
    return input
  }
}

// Own property of an object without a prototype: a name like __proto__ is a name like any other.
function put(input: Record<string, unknown>, map: string, key: string, value: string): void {
  input[map] ??= Object.create(null)
  const entries = input[map] as Record<string, string>
  entries[key] = value
}

const readerOf: Readonly<Record<string, Reader>> = {
  whole: (text) => (/^-?\d{1,15}$/.test(text) ? Number(text) : text),
  flag: (text) => flags.get(text) ?? text,
  list: (text) => (text === '' ? [] : text.split(',')),
}

const flags = new Map([
  ['1', true],
  ['true', true],
  ['0', false],
  ['false', false],
])

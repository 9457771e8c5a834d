import { invalid } from '../error.ts'
import type { Call } from './calls.ts'

/** An input as HTTP carries it. */
export interface Carried {
  /** Path and query, encoded. */
  readonly url: string
  readonly body?: Readonly<Record<string, unknown>>
}

/**
 * Spells an input: the names in braces go into the path, the rest into the body of a PUT or POST,
 * else into the query. There, lists are joined by commas (an id that holds one cannot be listed),
 * a map becomes one `<map>.<name>` per entry, true and false are 1 and 0.
 */
export function spell([method, path]: Call, input: Readonly<Record<string, unknown>>): Carried {
  const rest = { ...input }
  const spelt = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    delete rest[name]
    return pathText(name, input[name])
  })
  if (method === 'PUT' || method === 'POST') return { url: spelt, body: rest }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest)) {
    if (value !== undefined) append(query, name, value)
  }
  return { url: query.size > 0 ? `${spelt}?${query}` : spelt }
}

function pathText(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '') throw invalid(name, 'must be a text and not empty')
  return encodeURIComponent(value)
}

function append(query: URLSearchParams, name: string, value: unknown): void {
  if (Array.isArray(value)) query.append(name, value.join(','))
  else if (typeof value === 'boolean') query.append(name, value ? '1' : '0')
  else if (typeof value === 'object' && value !== null) {
    for (const [key, text] of Object.entries(value)) query.append(`${name}.${key}`, String(text))
  } else query.append(name, String(value))
}

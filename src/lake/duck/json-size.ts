import type { Json } from '@duckdb/node-api'

/** How many characters a value takes as JSON, nearly: what is escaped counts as one. */
export function jsonSize(value: Json): number {
  if (typeof value === 'string') return value.length + 2
  if (value === null || typeof value !== 'object') return String(value).length
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + jsonSize(each) + 1, 2)
  const members = Object.entries(value)
  return members.reduce((sum, [name, each]) => sum + name.length + 4 + jsonSize(each), 2)
}

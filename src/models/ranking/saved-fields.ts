import { StarlingError } from '../../error.ts'
import type { Json } from '../../events/event.ts'
import type { ArtifactHeader } from '../model.ts'
import { checkFields, type Field } from './field.ts'

/** The fields as a header holds them: they are plain data already. */
export function savedFields(fields: readonly Field[]): Json {
  return fields.map((field) => ({ ...field }))
}

/** What a ranker was made for, as its header tells. Throws `data_loss` for what is no schema. */
export function loadedFields({ kind, ...header }: ArtifactHeader): readonly Field[] {
  const saved: unknown = header['fields']
  const damaged = (why: string, cause?: unknown): StarlingError =>
    new StarlingError('data_loss', `saved model of kind "${kind}": header entry "fields" ${why}`, {
      cause,
    })
  if (!Array.isArray(saved)) throw damaged('must be a list')
  for (const [index, entry] of saved.entries()) {
    if (!isField(entry)) throw damaged(`holds at ${index} what is no field`)
  }
  // Each of them was looked at above.
  const fields = saved as readonly Field[]
  try {
    checkFields(fields)
  } catch (cause) {
    throw damaged('do not agree', cause)
  }
  return fields
}

const kinds: ReadonlySet<unknown> = new Set(['number', 'category', 'sequence'])
const sides: ReadonlySet<unknown> = new Set(['user', 'item', 'context'])

function isField(entry: unknown): boolean {
  if (typeof entry !== 'object' || entry === null) return false
  const { name, kind, side, size, length, table } = entry as Record<string, unknown>
  if (typeof name !== 'string' || !kinds.has(kind) || !sides.has(side)) return false
  if (kind === 'number') return true
  if (typeof size !== 'number' || !(table === undefined || typeof table === 'string')) return false
  return kind === 'category' || typeof length === 'number'
}

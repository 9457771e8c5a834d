import { invalid } from '../error.ts'

/** An object of outside data whose field names are all allowed; what they hold is still unknown. */
export type Fields = Readonly<Record<string, unknown>>

const longestId = 256

// \p{Cs} under the u flag is a lone surrogate: it has no UTF-8 form, so two ids could become one.
const unfitForNames = /[\p{Cc}\p{Cs}]/u

/** The raw value as an object. Names what is not allowed, so that nothing is lost in silence. */
export function fieldsOf(what: string, raw: unknown, allowed: ReadonlySet<string>): Fields {
  const fields = objectOf(what, raw)
  for (const name in fields) {
    if (!allowed.has(name)) {
      const known = [...allowed].join(', ')
      throw invalid(name.slice(0, 80), `is not a field of ${what}; the fields are ${known}`)
    }
  }
  return fields
}

export function objectOf(field: string, raw: unknown): Fields {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw invalid(field, `${brief(raw)} must be an object`)
  }
  // A non-null object that is no array: its fields may be read, and are unknown.
  return raw as Fields
}

/** An id exactly as it was given: never trimmed, never parsed. */
export function idOf(field: string, raw: unknown): string {
  if (typeof raw !== 'string') {
    if (raw === undefined || raw === null) throw invalid(field, 'is required')
    if (typeof raw === 'number') {
      const reason = 'as a number, an id above 2^53 would lose its last digits'
      throw invalid(field, `${raw} must be a string: ${reason}`)
    }
    throw invalid(field, `${brief(raw)} must be a string`)
  }
  if (raw.length === 0) throw invalid(field, 'must not be empty')
  if (raw.length > longestId) {
    throw invalid(field, `has ${raw.length} characters; at most ${longestId} are allowed`)
  }
  if (!isName(raw)) {
    throw invalid(field, `${brief(raw)} must be without control characters or half surrogates`)
  }
  return raw
}

/** True for a text without control characters and half surrogates. */
export function isName(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    // Nearly all names are printable ASCII; the pattern costs more than the whole loop.
    if (code < 0x20 || code > 0x7e) return !unfitForNames.test(text)
  }
  return true
}

export function optionalId(field: string, raw: unknown): string | undefined {
  return raw === undefined || raw === null ? undefined : idOf(field, raw)
}

/** A text of at most `longest` UTF-16 units. */
export function textOf(field: string, raw: unknown, longest: number): string {
  if (typeof raw !== 'string') throw invalid(field, `${brief(raw)} must be a string`)
  if (raw.length > longest) {
    throw invalid(field, `has ${raw.length} characters; at most ${longest} are allowed`)
  }
  return raw
}

/** A list of ids without repeats, in the order given. */
export function idsOf(field: string, raw: unknown, most: number): readonly string[] {
  if (!Array.isArray(raw)) throw invalid(field, `${brief(raw)} must be a list of strings`)
  if (raw.length > most) {
    throw invalid(field, `has ${raw.length} entries; at most ${most} are allowed`)
  }
  const ids = new Set<string>()
  for (let index = 0; index < raw.length; index++) ids.add(idOf(`${field}[${index}]`, raw[index]))
  return [...ids]
}

export function numberOf(field: string, raw: unknown, least: number, most: number): number {
  if (typeof raw !== 'number') throw invalid(field, `${brief(raw)} must be a number`)
  if (!(raw >= least && raw <= most)) {
    throw invalid(field, `${raw} must be >= ${least} and <= ${most}`)
  }
  return raw
}

/** A value as a message can show it: its first characters, on one line. */
export function brief(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value !== 'string') return String(value)
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
}

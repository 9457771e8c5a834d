import { invalid } from '../../../error.ts'
import type { Json } from '../../../events/event.ts'

/** A hot parameter: what it means, what it is until told, and what it may be. */
export interface DeclaredParameter {
  readonly name: string
  readonly description: string
  readonly initial: Json
  /** Throws `invalid_argument` where the value does not fit. */
  check(value: Json): void
  /** Throws `invalid_argument` where a value that fits names what this engine does not have. */
  checkNames?(value: Json, names: EngineNames): void | Promise<void>
  /** True where feeds are made by it: what was chosen before a change is out of date. */
  readonly makesFeeds?: boolean
}

/** What an engine is made of, by name. */
export interface EngineNames {
  /** What algorithms may draw from. */
  readonly sources: readonly string[]
  /** What brings items to any scene: a page may promise it a share. */
  readonly blended: readonly string[]
  readonly scenes: readonly string[]
  readonly rankers: RankerNames
}

/** Served models that order feeds. */
export interface RankerNames {
  names(): readonly string[]
  /** Undefined where none of the name is served; rejects where it is one that orders no feed. */
  named(name: string): Promise<unknown>
}

export type JsonRecord = { readonly [key: string]: Json }

export function isRecord(value: Json | undefined): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}

export function recordAt(value: Json | undefined, field: string, shape: string): JsonRecord {
  if (!isRecord(value)) throw invalid(field, `must be ${shape}`)
  return value
}

/** Refuses keys that mean nothing: a misspelt one would be passed over in silence. */
export function checkKeys(value: JsonRecord, field: string, known: readonly string[]): void {
  const extra = Object.keys(value).find((key) => !known.includes(key))
  if (extra !== undefined)
    throw invalid(`${field}.${extra}`, `is not known; there are ${known.join(', ')}`)
}

/** Refuses names that this engine does not have: they would do nothing, and nobody would know. */
export function refuseUnknown(
  names: readonly string[],
  known: readonly string[],
  field: string,
): void {
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw invalid(`${field}.${unknown}`, `is not known; there are ${known.join(', ')}`)
}

/** A number that is absent, or within its bounds. */
export function checkNumber(
  value: Json | undefined,
  field: string,
  [least, most]: readonly [number, number],
  isWhole = true,
): void {
  if (value === undefined) return
  const fits = typeof value === 'number' && value >= least && value <= most
  if (!fits || (isWhole && !Number.isInteger(value))) {
    const kind = isWhole ? 'a whole number' : 'a number'
    throw invalid(field, `${JSON.stringify(value)} must be ${kind} >= ${least} and <= ${most}`)
  }
}

export function checkText(value: Json | undefined, field: string): void {
  if (value !== undefined && (typeof value !== 'string' || value === '' || value.length > 64))
    throw invalid(field, 'must be a text of 1 to 64 characters')
}

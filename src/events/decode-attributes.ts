import { invalid } from '../error.ts'
import type { Timestamp } from './clock.ts'
import { brief, type Fields, idsOf, isName, numberOf, objectOf, textOf } from './decode-field.ts'
import { catalogueTimeOf, isDateTime, parseIsoTime } from './decode-time.ts'
import type { Attributes, AttributeValue, Json } from './event.ts'

const mostAttributes = 100
const longestName = 100
const longestText = 20_000
const mostTags = 200
const mostDimensions = 4096

/** The explicit forms: `{"text": "2024-05-01T12:00:00Z"}` stays a text. */
const explicitTypes = ['number', 'text', 'tags', 'time', 'geo', 'vector'] as const

/**
 * Attributes of plain JSON with their types decided: a number or boolean is a number, a full ISO
 * date-time a time, another string a text, a list of strings tags, a list of numbers a vector,
 * {latitude, longitude} a geo point; null is absent. An object of one type's name is taken as that.
 */
export function attributesOf(field: string, raw: unknown, now: Timestamp): Attributes {
  if (raw === undefined || raw === null) return {}
  const given = objectOf(field, raw)
  const attributes: Record<string, AttributeValue> = {}
  let count = 0
  for (const name in given) {
    const value = given[name]
    if (value === null || value === undefined) continue
    if (++count > mostAttributes) {
      throw invalid(field, `has more than ${mostAttributes} entries, the most allowed`)
    }
    checkName(field, name)
    attributes[name] = attributeValueOf(`${field}.${name}`, value, now)
  }
  return attributes
}

function checkName(field: string, name: string): void {
  // Written to a plain object, this name would replace its prototype and not become a key.
  if (name === '__proto__') throw invalid(field, 'must not hold an attribute named __proto__')
  if (name.length > longestName) {
    throw invalid(field, `names ${brief(name)}; names have at most ${longestName} characters`)
  }
  if (name.length === 0 || !isName(name)) {
    const rule = 'names must be non-empty, without control characters or half surrogates'
    throw invalid(field, `names ${brief(name)}; ${rule}`)
  }
}

function attributeValueOf(field: string, raw: unknown, now: Timestamp): AttributeValue {
  if (typeof raw === 'string') {
    const at = isDateTime(raw) ? parseIsoTime(raw) : undefined
    return at === undefined ? { text: textOf(field, raw, longestText) } : { time: at }
  }
  if (typeof raw === 'number') return { number: finite(field, raw) }
  if (typeof raw === 'boolean') return { number: raw ? 1 : 0 }
  if (Array.isArray(raw)) {
    return typeof raw[0] === 'number'
      ? { vector: vectorOf(field, raw) }
      : { tags: tagsOf(field, raw) }
  }
  const fields = objectOf(field, raw)
  if ('latitude' in fields || 'longitude' in fields) return { geo: geoOf(field, fields) }
  return explicitValueOf(field, fields, now)
}

function explicitValueOf(field: string, fields: Fields, now: Timestamp): AttributeValue {
  const [name, ...others] = Object.keys(fields)
  const type = explicitTypes.find((known) => known === name)
  if (type === undefined || others.length > 0) {
    const forms = `{latitude, longitude} or one of {${explicitTypes.join('}, {')}}`
    throw invalid(field, `must be a number, boolean, string, list, ${forms}`)
  }
  const inner = fields[type]
  const at = `${field}.${type}`
  switch (type) {
    case 'number':
      return { number: finite(at, inner) }
    case 'text':
      return { text: textOf(at, inner, longestText) }
    case 'tags':
      return { tags: tagsOf(at, inner) }
    case 'time':
      return { time: catalogueTimeOf(at, inner, now) }
    case 'geo':
      return { geo: geoOf(at, objectOf(at, inner)) }
    case 'vector':
      return { vector: vectorOf(at, inner) }
  }
}

function finite(field: string, raw: unknown): number {
  // Adding zero turns -0 into 0, which is what JSON would make of it anyway.
  return numberOf(field, raw, -Number.MAX_VALUE, Number.MAX_VALUE) + 0
}

function tagsOf(field: string, raw: unknown): readonly string[] {
  return idsOf(field, raw, mostTags)
}

function vectorOf(field: string, raw: unknown): readonly number[] {
  if (!Array.isArray(raw)) throw invalid(field, `${brief(raw)} must be a list of numbers`)
  if (raw.length === 0 || raw.length > mostDimensions) {
    throw invalid(field, `has ${raw.length} dimensions; it must have 1 to ${mostDimensions}`)
  }
  return raw.map((value, index) => finite(`${field}[${index}]`, value))
}

function geoOf(field: string, fields: Fields): { latitude: number; longitude: number } {
  for (const name in fields) {
    if (name !== 'latitude' && name !== 'longitude') {
      throw invalid(`${field}.${name}`, 'has no place in a geo point of {latitude, longitude}')
    }
  }
  return {
    latitude: numberOf(`${field}.latitude`, fields['latitude'], -90, 90) + 0,
    longitude: numberOf(`${field}.longitude`, fields['longitude'], -180, 180) + 0,
  }
}

/** The way back to plain JSON: decoding the result gives the same attributes. */
export function encodeAttributes(attributes: Attributes): Record<string, Json> {
  const plain: Record<string, Json> = {}
  for (const name in attributes) {
    const value = attributes[name]
    if (value !== undefined) plain[name] = plainValue(value)
  }
  return plain
}

function plainValue(value: AttributeValue): Json {
  if ('number' in value) return value.number
  if ('text' in value) return isDateTime(value.text) ? { text: value.text } : value.text
  if ('tags' in value) return value.tags
  if ('time' in value) return new Date(value.time).toISOString()
  if ('geo' in value) return { latitude: value.geo.latitude, longitude: value.geo.longitude }
  return value.vector
}

import type { DuckDBType, DuckDBValue, DuckDBValueConverter, Json } from '@duckdb/node-api'
import type { DuckLibrary } from './duck.ts'

/**
 * Values of the database as plain JSON: whole numbers as numbers as far as those are exact, times
 * in ISO 8601, maps as objects, JSON as what it is.
 */
export function plainConverter(library: DuckLibrary): DuckDBValueConverter<Json> {
  const { DuckDBTypeId: ids, JsonDuckDBValueConverter: asJson } = library
  const times: ReadonlySet<number> = new Set([
    ...[ids.TIMESTAMP, ids.TIMESTAMP_S, ids.TIMESTAMP_MS, ids.TIMESTAMP_NS, ids.TIMESTAMP_TZ],
  ])
  const wholes: ReadonlySet<number> = new Set([ids.BIGINT, ids.UBIGINT, ids.HUGEINT, ids.UHUGEINT])

  const plain = (
    value: DuckDBValue,
    type: DuckDBType,
    converter: DuckDBValueConverter<Json>,
  ): Json => {
    if (value === null) return null
    if (wholes.has(type.typeId)) return wholeNumber(value)
    if (times.has(type.typeId)) return isoTime(String(value))
    if (type.typeId === ids.DECIMAL) return Number(String(value))
    if (type.alias === 'JSON') return parsed(String(value))
    if (value instanceof library.DuckDBMapValue && type instanceof library.DuckDBMapType) {
      const { keyType, valueType } = type
      return Object.fromEntries(
        value.entries.map(({ key, value: of }) => [
          String(converter(key, keyType, converter)),
          converter(of, valueType, converter),
        ]),
      )
    }
    return asJson(value, type, converter)
  }
  return plain
}

function wholeNumber(value: DuckDBValue): Json {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}

/** `2026-11-22 03:04:05.678+00` as `2026-11-22T03:04:05.678Z`; what is no such time, as it is. */
function isoTime(text: string): string {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)(?:\+00(?::00)?)?$/.exec(text)
  return match === null ? text : `${match[1]}T${match[2]}Z`
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

import type { Join, Scope } from './fact.ts'

/** A slice is a label, and no place for a whole description. */
const longestLabel = 256

/**
 * An attribute of a JSON column as a list of texts, whatever it is: tags in order, anything else
 * a list of one; null where there is none. The name is bound, never part of the SQL.
 */
export function attributeValues(column: string, name: string, scope: Pick<Scope, 'bind'>): string {
  const value = `json_extract(${column}, ${scope.bind(pointerTo(name))})`
  const plain = `CASE json_type(${value})
    WHEN 'ARRAY' THEN CAST(${value} AS VARCHAR[])
    WHEN 'NULL' THEN NULL
    WHEN 'OBJECT' THEN [coalesce(json_extract_string(${value}, '/text'), CAST(${value} AS VARCHAR))]
    ELSE [json_extract_string(${value}, '$')] END`
  return `list_transform(${plain}, lambda label: left(label, ${longestLabel}))`
}

/** What item and user attributes are called where they are joined. */
export interface JoinedAttribute {
  readonly join: Join
  /** The list of its values, [''] where there are none. */
  readonly sql: string
}

export function itemAttribute(name: string, alias: string): JoinedAttribute {
  return {
    join: {
      sql: (scope) => `LEFT JOIN (
        SELECT item, ${labelsOf(name, scope)} AS labels FROM catalogue
      ) ${alias} ON ${alias}.item = f.item`,
    },
    sql: labels(alias),
  }
}

export function userAttribute(name: string, alias: string): JoinedAttribute {
  return {
    join: {
      sql: (scope) => `LEFT JOIN (
        SELECT "user", ${labelsOf(name, scope)} AS labels FROM (
          SELECT "user", arg_max(attributes, "offset") AS attributes
          FROM users WHERE attributes IS NOT NULL GROUP BY "user"
        )
      ) ${alias} ON ${alias}."user" = f."user"`,
    },
    sql: labels(alias),
  }
}

/** Without order, and each once: the same tag twice is one tag. */
function labelsOf(name: string, scope: Scope): string {
  return `list_distinct(${attributeValues('attributes', name, scope)})`
}

function labels(alias: string): string {
  return `CASE WHEN len(${alias}.labels) > 0 THEN ${alias}.labels ELSE [''] END`
}

/** RFC 6901 has a place for every name, whichever characters it is made of. */
function pointerTo(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
}

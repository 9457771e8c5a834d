/** The filter for items that have a value of an attribute; see docs/reference/filter.md. */
export function conditionOf(attribute: string, value: string): string {
  if (singular.has(attribute) && /^-?\d+(\.\d+)?$/.test(value)) return `${attribute} = ${value}`
  return `${attribute} has ${JSON.stringify(value)}`
}

/** Attributes of films that are numbers, and have one value. */
const singular = new Set(['year'])

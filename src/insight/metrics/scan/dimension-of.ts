import { itemAttribute, userAttribute } from '../facts/attributes.ts'
import type { Dimension, Fact, Join } from '../facts/fact.ts'

/** A dimension of a fact, and the join that it needs. */
export interface Resolved extends Dimension {
  readonly clause?: { readonly name: string; readonly join: Join }
}

const longestName = 100

/**
 * The dimension that a name names, or undefined. Names of attributes may be anything: they are told
 * apart by their place in the query, and never become part of it.
 */
export function dimensionOf(fact: Fact, name: string, alias = 'a'): Resolved | undefined {
  if (Object.hasOwn(fact.dimensions, name)) {
    const dimension = fact.dimensions[name]!
    const { join } = dimension
    if (join === undefined) return dimension
    return { ...dimension, clause: { name: join, join: fact.joins![join]! } }
  }
  const [of, attribute] = [name.slice(0, 5), name.slice(5)]
  if (attribute === '' || attribute.length > longestName) return undefined
  const isItem = of === 'item.' && fact.hasItem
  const isUser = of === 'user.' && fact.hasUser
  if (!isItem && !isUser) return undefined
  const { join, sql } = isItem ? itemAttribute(attribute, alias) : userAttribute(attribute, alias)
  const description = `The attribute ${attribute}.`
  return { sql, description, many: true, clause: { name: alias, join } }
}

export function dimensionNames(fact: Fact): readonly string[] {
  return [
    ...Object.keys(fact.dimensions),
    ...(fact.hasItem ? ['item.*'] : []),
    ...(fact.hasUser ? ['user.*'] : []),
  ]
}

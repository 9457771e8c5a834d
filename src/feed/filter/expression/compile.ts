import { broken } from '../../../error.ts'
import type { AttributeType } from '../../../events/event.ts'
import { greatCircleM } from '../../../kernel/great-circle.ts'
import type { Catalogue, TagColumn } from '../../../state/catalogue/catalogue.ts'
import type { Ordinal } from '../../../state/projections/projection.ts'
import type { Ordinals } from '../../../state/state.ts'
import type { Among, Condition, Order } from './condition.ts'
import type { Circle } from './syntax.ts'

export type Keeps = (item: Ordinal) => boolean

/** The columns that conditions read. */
export interface Ground {
  readonly catalogue: Catalogue
  readonly ordinals: Pick<Ordinals, 'of'>
}

/** A closure over the columns themselves: names, tags and ids are looked up here, once. */
export function compile(condition: Condition, ground: Ground): Keeps {
  const { catalogue, ordinals } = ground
  switch (condition.kind) {
    case 'and':
      return every(condition.parts.map((part) => compile(part, ground)))
    case 'or':
      return some(condition.parts.map((part) => compile(part, ground)))
    case 'not': {
      const keeps = compile(condition.part, ground)
      return (item) => !keeps(item)
    }
    case 'exists':
      return exists(catalogue, condition.attribute, condition.type)
    case 'within':
      return within(catalogue, condition.attribute, condition.circle)
    case 'number-order': {
      const data = numbersOf(catalogue, condition.attribute)
      return ordered((item) => data[item]!, condition)
    }
    case 'age-order': {
      const { now } = condition
      return ordered((item) => now - catalogue.availableFrom(item), condition)
    }
    case 'number-among': {
      const data = numbersOf(catalogue, condition.attribute)
      const wanted = new Set(condition.values)
      if (!condition.negated) return (item) => wanted.has(data[item]!)
      // Finite is neither absent (NaN) nor too new for the column (undefined).
      return (item) => Number.isFinite(data[item]) && !wanted.has(data[item]!)
    }
    case 'text-among':
      return textAmong(catalogue, condition.attribute, condition)
    case 'text-contains': {
      const { attribute } = condition
      const part = condition.text.toLowerCase()
      return (item) => catalogue.text(attribute, item)?.toLowerCase().includes(part) ?? false
    }
    case 'id-among': {
      const wanted = new Set(condition.values.map((id) => ordinals.of(id)))
      return condition.negated ? (item) => !wanted.has(item) : (item) => wanted.has(item)
    }
    case 'tags': {
      const column = tagsOf(catalogue, condition.attribute)
      const codes = condition.tags.map((tag) => column.code(tag))
      return condition.all ? hasAll(column, codes) : hasAny(column, codes)
    }
  }
}

function every(parts: readonly Keeps[]): Keeps {
  return (item) => {
    for (const keeps of parts) if (!keeps(item)) return false
    return true
  }
}

function some(parts: readonly Keeps[]): Keeps {
  return (item) => {
    for (const keeps of parts) if (keeps(item)) return true
    return false
  }
}

/** NaN, which stands for "none", is in no order with anything. */
function ordered(measure: (item: Ordinal) => number, { operator, bound }: Order): Keeps {
  switch (operator) {
    case '<':
      return (item) => measure(item) < bound
    case '<=':
      return (item) => measure(item) <= bound
    case '>':
      return (item) => measure(item) > bound
    case '>=':
      return (item) => measure(item) >= bound
  }
}

function textAmong(catalogue: Catalogue, attribute: string, among: Among<string>): Keeps {
  const wanted = new Set(among.values)
  const { negated } = among
  return (item) => {
    const text = catalogue.text(attribute, item)
    return text !== undefined && wanted.has(text) !== negated
  }
}

function hasAll(column: TagColumn, codes: readonly (number | undefined)[]): Keeps {
  const known = codes.filter((code) => code !== undefined)
  if (known.length < codes.length) return () => false
  return (item) => {
    for (const code of known) if (!column.has(item, code)) return false
    return true
  }
}

function hasAny(column: TagColumn, codes: readonly (number | undefined)[]): Keeps {
  const known = codes.filter((code) => code !== undefined)
  return (item) => {
    for (const code of known) if (column.has(item, code)) return true
    return false
  }
}

function within(catalogue: Catalogue, attribute: string, circle: Circle): Keeps {
  const { latitude, longitude, radiusM } = circle
  return (item) => {
    const point = catalogue.geo(attribute, item)
    if (point === undefined) return false
    return greatCircleM(latitude, longitude, point.latitude, point.longitude) <= radiusM
  }
}

function exists(catalogue: Catalogue, attribute: string, type: AttributeType): Keeps {
  switch (type) {
    case 'number':
    case 'time': {
      const data = numbersOf(catalogue, attribute)
      return (item) => Number.isFinite(data[item])
    }
    case 'text':
      return (item) => catalogue.text(attribute, item) !== undefined
    case 'tags': {
      const column = tagsOf(catalogue, attribute)
      return (item) => column.of(item).length > 0
    }
    case 'geo':
      return (item) => catalogue.geo(attribute, item) !== undefined
    case 'vector': {
      const column = catalogue.vectors(attribute)
      if (column === undefined) throw noColumn(attribute)
      return (item) => column.has(item)
    }
  }
}

function numbersOf(catalogue: Catalogue, attribute: string): Float64Array {
  const data = catalogue.numbers(attribute)
  if (data === undefined) throw noColumn(attribute)
  return data
}

function tagsOf(catalogue: Catalogue, attribute: string): TagColumn {
  const column = catalogue.tags(attribute)
  if (column === undefined) throw noColumn(attribute)
  return column
}

function noColumn(attribute: string): Error {
  return broken(`attribute ${attribute} is in the schema, but has no column`)
}

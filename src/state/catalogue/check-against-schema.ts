import { invalid } from '../../error.ts'
import { type AttributeType, attributeType, type ItemRecord } from '../../events/event.ts'
import { type AttributeSchema, channelsName } from '../projections/schema.ts'

/**
 * Refuses a record that does not fit the catalogue: an attribute whose type is not the one it has
 * there, or a vector of another length. Attributes that are new to the catalogue fit.
 */
export function checkAgainstSchema(
  record: ItemRecord,
  schema: ReadonlyMap<string, AttributeSchema>,
): void {
  for (const [name, value] of Object.entries(record.attributes)) {
    const field = `attributes.${name}`
    if (name === channelsName) {
      throw invalid(field, 'is taken: the channels of an item are a field of the record itself')
    }
    const known = schema.get(name)
    if (known === undefined) continue
    const type = attributeType(value)
    const origin = `(first seen in item ${JSON.stringify(known.firstItem)})`
    if (type !== known.type) {
      const there = words[known.type]
      throw invalid(field, `is ${words[type]} here, but the catalogue has it as ${there} ${origin}`)
    }
    if ('vector' in value && value.vector.length !== known.dimensions) {
      const here = `has ${value.vector.length} dimensions here`
      throw invalid(field, `${here}, but ${known.dimensions} in the catalogue ${origin}`)
    }
  }
}

const words: Readonly<Record<AttributeType, string>> = {
  number: 'a number',
  text: 'text',
  tags: 'tags',
  time: 'a time',
  geo: 'a geo point',
  vector: 'a vector',
}

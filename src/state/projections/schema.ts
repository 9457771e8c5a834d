import type { Event, ItemId } from '../../events/event.ts'
import { type AttributeType, type AttributeValue, attributeType } from '../../events/event.ts'
import type { Offset } from '../../events/log/event-log.ts'
import { decodeJson, encodeJson } from './json-value.ts'
import type { Happening, Need, Past, Projection } from './projection.ts'

/** What an attribute is, and the item that made it so. */
export interface AttributeSchema {
  readonly type: AttributeType
  /** Of vectors: how long each is. */
  readonly dimensions?: number
  readonly firstItem: ItemId
  readonly firstOffset: Offset
}

/** Under this name filters find the channels of an item; no attribute may take it. */
export const channelsName = 'channels'

/**
 * The schema of the catalogue, by attribute: fixed by the first item in the log that had it. It is
 * a projection of its own because items, read in the order of their keys, no longer tell who was
 * first.
 */
export const schema: Projection<AttributeSchema, AttributeSchema> = {
  name: 'schema',
  version: 1,
  keyBy: 'other',

  reads(event: Event): readonly Need[] {
    if (event.type !== 'item') return []
    return Object.keys(event.record.attributes).map((key) => ({ projection: schema, key }))
  },

  changes({ offset, event }: Happening, past: Past) {
    if (event.type !== 'item') return []
    const found: [string, AttributeSchema][] = []
    for (const [name, value] of Object.entries(event.record.attributes)) {
      // `fold` would keep the first anyway; a change for every attribute of every item is spared.
      if (name === channelsName || past.get(schema, name) !== undefined) continue
      found.push([name, { ...shapeOf(value), firstItem: event.item, firstOffset: offset }])
    }
    return found
  },

  fold(value, change) {
    return value ?? change
  },

  encode: encodeJson,
  decode: decodeJson,
}

function shapeOf(value: AttributeValue): Pick<AttributeSchema, 'type' | 'dimensions'> {
  const type = attributeType(value)
  return 'vector' in value ? { type, dimensions: value.vector.length } : { type }
}

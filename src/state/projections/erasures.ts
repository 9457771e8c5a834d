import type { Offset } from '../../events/log/event-log.ts'
import { decodeJson, encodeJson } from './json-value.ts'
import type { Happening, Projection } from './projection.ts'

/** The key of the one row. */
export const erasuresKey = 'last'

/**
 * Where in the log somebody was last erased: a model that learned before it may have learned from
 * them.
 */
export const erasures: Projection<Offset, Offset> = {
  name: 'erasures',
  version: 1,
  keyBy: 'other',
  changes: ({ offset, event }: Happening) =>
    event.type === 'erase' ? [[erasuresKey, offset]] : [],
  fold: (_value, offset) => offset,
  encode: encodeJson,
  decode: decodeJson,
}

import { invalid } from '../error.ts'
import type { Timestamp } from './clock.ts'
import { attributesOf } from './decode-attributes.ts'
import { fieldsOf, idOf, idsOf } from './decode-field.ts'
import { catalogueTimeOf } from './decode-time.ts'
import type { Attributes, ItemId, ItemRecord, UserId } from './event.ts'

const mostChannels = 100

const itemFields = new Set(['id', 'attributes', 'channels', 'availableFrom', 'availableUntil'])
const userFields = new Set(['id', 'attributes'])

/** An item as the API spells it: `{id, attributes?, channels?, availableFrom?, …Until?}`. */
export function decodeItem(raw: unknown, now: Timestamp): { item: ItemId; record: ItemRecord } {
  const fields = fieldsOf('an item', raw, itemFields)
  const item = idOf('id', fields['id'])
  const from = optionalTime('availableFrom', fields['availableFrom'], now)
  const until = optionalTime('availableUntil', fields['availableUntil'], now)
  if (from !== undefined && until !== undefined && until <= from) {
    throw invalid('availableUntil', `${until} must be later than availableFrom ${from}`)
  }
  const channels = fields['channels']
  return {
    item,
    record: {
      attributes: attributesOf('attributes', fields['attributes'], now),
      channels:
        channels === undefined || channels === null
          ? []
          : idsOf('channels', channels, mostChannels),
      ...(from !== undefined && { availableFrom: from }),
      ...(until !== undefined && { availableUntil: until }),
    },
  }
}

/** A user as the API spells them: `{id, attributes?}`. */
export function decodeUser(raw: unknown, now: Timestamp): { user: UserId; attributes: Attributes } {
  const fields = fieldsOf('a user', raw, userFields)
  return {
    user: idOf('id', fields['id']),
    attributes: attributesOf('attributes', fields['attributes'], now),
  }
}

function optionalTime(field: string, raw: unknown, now: Timestamp): Timestamp | undefined {
  return raw === undefined || raw === null ? undefined : catalogueTimeOf(field, raw, now)
}

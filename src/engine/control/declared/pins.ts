import { invalid } from '../../../error.ts'
import type { Json } from '../../../events/event.ts'
import {
  checkKeys,
  checkNumber,
  type DeclaredParameter,
  type JsonRecord,
  recordAt,
  refuseUnknown,
} from './declared-parameter.ts'

const keys = ['item', 'position']
const shape = '{"item": id, "position": 0 to 99}'

export const pins: DeclaredParameter = {
  name: 'pins',
  description: 'Items at fixed places: {scene: [{item, position}]}, positions from 0.',
  initial: {},
  makesFeeds: true,

  check(value) {
    const lists = recordAt(value, 'value', `{"scene": [${shape}]}`)
    for (const [scene, list] of Object.entries(lists)) checkPins(list, `value.${scene}`)
  },

  checkNames(value, { scenes }) {
    // Checked above.
    refuseUnknown(Object.keys(value as JsonRecord), scenes, 'value')
  },
}

function checkPins(list: Json, field: string): void {
  if (!Array.isArray(list)) throw invalid(field, `must be a list of ${shape}`)
  for (const [place, pin] of (list as readonly Json[]).entries()) {
    const at = `${field}[${place}]`
    const record = recordAt(pin, at, shape)
    checkKeys(record, at, keys)
    const { item, position } = record
    if (typeof item !== 'string') throw invalid(`${at}.item`, 'must be the id of an item')
    if (position === undefined) throw invalid(`${at}.position`, 'is missing: 0 to 99 is needed')
    checkNumber(position, `${at}.position`, [0, 99])
  }
}

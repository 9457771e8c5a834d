import { invalid } from '../../../error.ts'
import type { Json } from '../../../events/event.ts'
import { type DeclaredParameter, isRecord } from './declared-parameter.ts'

export const pins: DeclaredParameter = {
  name: 'pins',
  description: 'Items at fixed places: {scene: [{item, position}]}, positions from 0.',
  initial: {},
  makesFeeds: true,

  check(value) {
    const lists = isRecord(value) ? Object.values(value) : [undefined]
    const all = lists.flatMap((list) => (Array.isArray(list) ? (list as readonly Json[]) : [null]))
    const fits = all.every(
      (pin) =>
        isRecord(pin) &&
        typeof pin['item'] === 'string' &&
        Number.isInteger(pin['position']) &&
        Number(pin['position']) >= 0 &&
        Number(pin['position']) < 100,
    )
    if (!fits) throw invalid('value', 'must be {"scene": [{"item": id, "position": 0 to 99}]}')
  },
}

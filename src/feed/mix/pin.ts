import type { Ordinals } from '../../state/state.ts'
import type { Row } from '../pipeline/candidates.ts'
import type { Mixer } from '../pipeline/mixer.ts'
import type { Query } from '../pipeline/query.ts'
import type { Pins } from '../rules.ts'

/**
 * Puts what operators pinned in the scene where they want it, as far as it is among the candidates;
 * the rest moves down. Of two pins for one place the second comes right after the first, and a pin
 * beyond the end comes last. Meant to be the last mixer: what comes after may move pins away.
 */
export function pin(ordinals: Pick<Ordinals, 'of'>, pinsOf: (query: Query) => Pins): Mixer {
  return {
    name: 'pin',
    mix(query, { items }, order) {
      const pins = pinsOf(query)[query.scene] ?? []
      if (pins.length === 0) return order
      const rowOf = new Map(order.map((row) => [items[row]!, row] as const))
      const positions = new Map<Row, number>()
      for (const { item, position } of pins) {
        const row = rowOf.get(ordinals.of(item) ?? -1)
        if (row !== undefined && !positions.has(row)) positions.set(row, position)
      }
      const rest = order.filter((row) => !positions.has(row))
      const mixed: Row[] = []
      let next = 0
      for (const [row, position] of [...positions].sort((one, other) => one[1] - other[1])) {
        while (mixed.length < position && next < rest.length) mixed.push(rest[next++]!)
        mixed.push(row)
      }
      return mixed.concat(rest.slice(next))
    },
  }
}

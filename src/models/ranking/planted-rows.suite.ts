import { seededRandom } from '../../kernel/random.ts'
import type { Field } from './field.ts'
import type { Examples } from './rows.ts'

/** What planted rows hold: somebody, something, a number, and what they met before. */
export const plantedFields: readonly Field[] = [
  { kind: 'category', name: 'user', side: 'user', size: 21 },
  { kind: 'category', name: 'item', side: 'item', size: 31 },
  { kind: 'number', name: 'freshness', side: 'item' },
  { kind: 'sequence', name: 'history', side: 'user', size: 31, length: 4, table: 'item' },
]

export interface PlantedOptions {
  readonly seed: number
  readonly head?: string
  readonly learnsPairs?: boolean
}

/**
 * Users of even numbers like items of even numbers, odd ones odd ones, and their history tells
 * which they are; without pairs all like the even. Freshness helps. A tenth of the labels is noise.
 */
export function plantedRows(
  rowCount: number,
  { seed, head = 'click', learnsPairs = true }: PlantedOptions,
): Examples {
  const random = seededRandom(`planted ${seed}`)
  const users = Uint32Array.from({ length: rowCount }, () => 1 + random.below(20))
  const items = Uint32Array.from({ length: rowCount }, () => 1 + random.below(30))
  const freshness = Float32Array.from({ length: rowCount }, () => random.next() * 10)
  const history = new Uint32Array(rowCount * 4)
  const labels = new Float32Array(rowCount)
  for (let row = 0; row < rowCount; row++) {
    const parity = users[row]! % 2
    // The newest stands last; some users met fewer things.
    for (let at = random.below(4); at < 4; at++)
      history[row * 4 + at] = 2 * (1 + random.below(14)) + parity
    const liked = (learnsPairs ? items[row]! + parity : items[row]!) % 2 === 0
    const chance = (liked ? 0.75 : 0.05) + (freshness[row]! / 10) * 0.2
    labels[row] = random.next() < 0.1 ? random.below(2) : Number(random.next() < chance)
  }
  const columns = new Map<string, Float32Array | Uint32Array>([
    ['user', users],
    ['item', items],
    ['freshness', freshness],
    ['history', history],
  ])
  return { rowCount, columns, labels: new Map([[head, labels]]) }
}

import { type HashWords, hashText } from '../../kernel/hash.ts'
import { toHex } from '../ordinal-index.ts'
import type { Happening, Projection } from './projection.ts'

/**
 * Offsets per row: rows are cut by offset, so that they are the same however the log was folded.
 */
const blockLength = 4_096

/** Ids are remembered over this many offsets; an event sent again later is a new one. */
export const eventIdWindow = 4 * 2 ** 20

type Change = HashWords | 'drop'

/**
 * The ids of the events that came from outside, as 64-bit hashes in the order of the log: what
 * tells a repeated event from a new one. Two ids of ten million collide with a chance of 1 :
 * 400,000.
 */
export const eventIds: Projection<number[], Change> = {
  name: 'event-ids',
  version: 1,
  keyBy: 'other',

  changes({ offset, event }: Happening) {
    if (event.type === 'served' || event.type === 'offered') return []
    const block = Math.floor(offset / blockLength)
    const change = [toHex(block), hashText(event.id)] as const
    const oldest = block - eventIdWindow / blockLength
    return oldest < 0 ? [change] : [change, [toHex(oldest), 'drop']]
  },

  fold(value, change) {
    if (change === 'drop') return undefined
    const words = value ?? []
    words.push(change.high, change.low)
    return words
  },

  encode: (words) => new Uint8Array(Uint32Array.from(words).buffer),
  decode: (bytes) => [...new Uint32Array(bytes.slice().buffer)],
}

/** The last hash of a row that just grew. */
export function newestId(words: readonly number[]): HashWords {
  return { high: words.at(-2)!, low: words.at(-1)! }
}

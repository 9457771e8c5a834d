import { type Uint32Lists, uint32Lists } from '../kernel/lists/uint32-lists.ts'
import type { Ordinal, Projection } from './projections/projection.ts'

/**
 * Values of a projection by ordinal, as whoever answers from memory holds them: of all items, so
 * each as its bytes, end to end with the others. As objects and lists they would take five times
 * the room, and be gone through with every collection of garbage.
 *
 * A value that changed waits as it is until it is read, or until others have changed since: most
 * change several times in a row, and are read less often than that.
 */
export interface PackedValues<Value> {
  /** Takes the value, which its fold may go on changing as long as each change is told. */
  put(ordinal: Ordinal, value: Value | undefined): void

  has(ordinal: Ordinal): boolean

  /** The bytes as 32-bit words, none where there is no value; good until the next call. */
  words(ordinal: Ordinal): Uint32Array
}

/** Values that wait: what a few hundred events change. */
const waitingMax = 4_096

/** @param projection encodes to whole words, and to some for every value */
export function packedValues<Value>(
  projection: Pick<Projection<Value>, 'encode'>,
): PackedValues<Value> {
  const packed: Uint32Lists = uint32Lists()
  const waiting = new Map<Ordinal, Value>()
  /** Who waits, in the order of coming; some were packed or dropped meanwhile. */
  const queue = new Uint32Array(waitingMax)
  let queued = 0

  const pack = (ordinal: Ordinal): void => {
    const value = waiting.get(ordinal)
    if (value === undefined) return
    waiting.delete(ordinal)
    const { buffer, byteOffset, byteLength } = projection.encode(value)
    packed.replace(ordinal, new Uint32Array(buffer, byteOffset, byteLength / 4))
  }

  return {
    put(ordinal, value) {
      if (value === undefined) {
        waiting.delete(ordinal)
        packed.replace(ordinal, [])
        return
      }
      const isWaiting = waiting.has(ordinal)
      waiting.set(ordinal, value)
      if (isWaiting) return
      const place = queued++ % waitingMax
      const before = queue[place]!
      queue[place] = ordinal
      // A place that nobody had yet says 0, and packing that one early does no harm.
      if (before !== ordinal) pack(before)
    },

    has: (ordinal) => waiting.has(ordinal) || packed.length(ordinal) > 0,

    words(ordinal) {
      pack(ordinal)
      return packed.view(ordinal)
    },
  }
}

import { grown } from './grown.ts'

/**
 * A great many short lists of 32-bit numbers in one buffer: 8 bytes a list beside its numbers,
 * where an array object each would cost over a hundred.
 *
 * ```
 *   starts  [ 0 | 4 | 6 ]         list 1 is data[4 .. 4 + 2)
 *   lengths [ 3 | 2 | 1 ]
 *   data    [ a b c . | d e | f | ... ]
 * ```
 *
 * A list's block has the least power of two that holds it, so its size follows from the length and
 * need not be stored. A block that a list outgrew waits in a chain of its size to be used again;
 * the chain runs through the blocks' own first words.
 */
export interface Uint32Lists {
  /** How many numbers a list holds: 0 for a list that was never written. */
  length(list: number): number

  has(list: number, value: number): boolean

  /** Copies of many lists, end to end: that of `lists[n]` is `data[starts[n] .. starts[n + 1])`. */
  gather(lists: Uint32Array): { readonly starts: Uint32Array; readonly data: Uint32Array }

  /** The first number of a list, or -1 where it is empty. */
  first(list: number): number

  /** The last number of a list, or -1 where it is empty. */
  last(list: number): number

  /** A view of the list's numbers, good until the next write to any list. */
  view(list: number): Uint32Array

  push(list: number, value: number): void

  replace(list: number, values: ArrayLike<number>): void
}

const none = 0xffffffff

export function uint32Lists(): Uint32Lists {
  let starts = new Uint32Array(0)
  let lengths = new Uint32Array(0)
  let data = new Uint32Array(0)
  let used = 0
  const free = new Uint32Array(32).fill(none)

  function allocate(size: number): number {
    const block = free[size]!
    if (block !== none) {
      free[size] = data[block]!
      return block
    }
    const start = used
    used += 2 ** size
    data = grown(data, used)
    return start
  }

  function release(list: number): void {
    const length = lengths[list]!
    if (length === 0) return
    const size = sizeOf(length)
    const start = starts[list]!
    data[start] = free[size]!
    free[size] = start
  }

  /** Gives the list a length and a block that holds it, which may be another one. */
  function resize(list: number, length: number, keep: boolean): void {
    starts = grown(starts, list + 1)
    lengths = grown(lengths, list + 1)
    const before = lengths[list]!
    if (length === 0) release(list)
    else if (before === 0) starts[list] = allocate(sizeOf(length))
    else if (sizeOf(before) !== sizeOf(length)) {
      const start = allocate(sizeOf(length))
      if (keep) data.copyWithin(start, starts[list]!, starts[list]! + before)
      release(list)
      starts[list] = start
    }
    lengths[list] = length
  }

  function length(list: number): number {
    return list < lengths.length ? lengths[list]! : 0
  }

  return {
    length,
    has(list, value) {
      const start = starts[list]!
      const end = start + length(list)
      for (let at = start; at < end; at++) if (data[at] === value) return true
      return false
    },
    first: (list) => (length(list) === 0 ? -1 : data[starts[list]!]!),
    last(list) {
      const end = length(list)
      return end === 0 ? -1 : data[starts[list]! + end - 1]!
    },
    view(list) {
      const start = starts[list] ?? 0
      return data.subarray(start, start + length(list))
    },
    gather(lists) {
      // A loop looks up names of its own far faster than those that others may give another value.
      const [from, count, all] = [starts, lengths, data]
      const ends = new Uint32Array(lists.length + 1)
      let end = 0
      for (let place = 0; place < lists.length; place++) {
        const list = lists[place]!
        if (list < count.length) end += count[list]!
        ends[place + 1] = end
      }
      const copied = new Uint32Array(end)
      for (let place = 0, to = 0; place < lists.length; place++) {
        const last = ends[place + 1]!
        if (to === last) continue
        const shift = from[lists[place]!]! - to
        for (; to < last; to++) copied[to] = all[to + shift]!
      }
      return { starts: ends, data: copied }
    },
    push(list, value) {
      const end = length(list)
      resize(list, end + 1, true)
      data[starts[list]! + end] = value
    },
    replace(list, values) {
      resize(list, values.length, false)
      data.set(values, starts[list]!)
    },
  }
}

/** The least `size` with 2 ** size >= length. */
function sizeOf(length: number): number {
  return length === 1 ? 0 : 32 - Math.clz32(length - 1)
}

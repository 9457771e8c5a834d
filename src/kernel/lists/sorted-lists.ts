import { uint32Lists } from './uint32-lists.ts'

/**
 * Many sets of 32-bit numbers, each read as a sorted list.
 *
 * A number above all others is appended at once. Any other change waits until its list is read, and
 * then all that waited is merged in one pass: inserting each into a list of a million would move
 * megabytes per change.
 */
export interface SortedLists {
  add(list: number, value: number): void
  remove(list: number, value: number): void

  /** Makes the list hold these numbers, which ascend. */
  fill(list: number, values: Uint32Array): void

  /** The numbers, ascending; a view that is good until the next call of any method. */
  read(list: number): Uint32Array

  /** How many numbers it holds, without a view of them. */
  length(list: number): number
}

/** Changes that may wait, beside one for every two numbers of the list: merging stays cheap. */
const waitingMax = 64

export function sortedLists(): SortedLists {
  const lists = uint32Lists()
  /** By list: the numbers that changed, and whether the list shall hold them. */
  const waiting = new Map<number, Map<number, boolean>>()

  function wait(list: number, value: number, present: boolean): void {
    let changes = waiting.get(list)
    if (changes === undefined) waiting.set(list, (changes = new Map()))
    changes.set(value, present)
    if (changes.size > waitingMax + lists.length(list) / 2) settle(list, changes)
  }

  function settle(list: number, changes: ReadonlyMap<number, boolean>): void {
    lists.replace(list, merged(lists.view(list), changes))
    waiting.delete(list)
  }

  return {
    add(list, value) {
      if (waiting.has(list) || value <= lists.last(list)) wait(list, value, true)
      else lists.push(list, value)
    },
    remove(list, value) {
      wait(list, value, false)
    },
    fill(list, values) {
      waiting.delete(list)
      lists.replace(list, values)
    },
    read(list) {
      const changes = waiting.get(list)
      if (changes !== undefined) settle(list, changes)
      return lists.view(list)
    },
    length(list) {
      const changes = waiting.get(list)
      if (changes !== undefined) settle(list, changes)
      return lists.length(list)
    },
  }
}

function merged(sorted: Uint32Array, changes: ReadonlyMap<number, boolean>): Uint32Array {
  const values = Uint32Array.from(changes.keys()).sort()
  const result = new Uint32Array(sorted.length + values.length)
  let length = 0
  let at = 0
  for (const value of values) {
    while (at < sorted.length && sorted[at]! < value) result[length++] = sorted[at++]!
    if (sorted[at] === value) at++
    if (changes.get(value)) result[length++] = value
  }
  result.set(sorted.subarray(at), length)
  return result.subarray(0, length + sorted.length - at)
}

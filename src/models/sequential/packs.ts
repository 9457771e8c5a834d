import type { Sequences } from '../sequences.ts'

/**
 * Which sequences share a row of a batch: those of pack p are rows[starts[p]] and on. So nothing
 * is computed for the empty part of short ones, which in shops is most of it.
 */
export interface Packs {
  readonly starts: Uint32Array
  /** Rows of the sequences. */
  readonly rows: Uint32Array
}

/**
 * Packs windows of at most `length` steps into rows of as many: the longest first, each where it
 * leaves the least room (best fit, decreasing). Sequences without a step are left out.
 */
export function packed({ starts }: Sequences, length: number): Packs {
  const bySize: number[][] = Array.from({ length: length + 1 }, () => [])
  for (let row = 0; row + 1 < starts.length; row++) {
    const size = Math.min(length, starts[row + 1]! - starts[row]! - 1)
    if (size > 0) bySize[size]!.push(row)
  }
  const packs: number[][] = []
  // Packs by the room that is left in them.
  const open: number[][] = Array.from({ length: length + 1 }, () => [])
  for (let size = length; size > 0; size--) {
    for (const row of bySize[size]!) {
      let room = size
      while (room < length && open[room]!.length === 0) room++
      let pack = open[room]!.pop()
      if (pack === undefined) pack = packs.push([]) - 1
      packs[pack]!.push(row)
      open[room - size]!.push(pack)
    }
  }
  const ends = new Uint32Array(packs.length + 1)
  for (const [pack, rows] of packs.entries()) ends[pack + 1] = ends[pack]! + rows.length
  return { starts: ends, rows: Uint32Array.from(packs.flat()) }
}

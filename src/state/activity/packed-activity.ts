import { kindCountMax } from './deed-kinds.ts'
import type { Window } from './resolutions.ts'

/**
 * Reads of what was done with one item, from the bytes that it is stored as: no list is made of
 * them. In words of 32 bits, for each resolution: `[count][cell, number as two words]…`.
 */
const cellWords = 3

/** A double that lies in two words of whatever alignment. */
const double = new Float64Array(1)
const halves = new Uint32Array(double.buffer)

/** As `weighed` sums up cells: what was counted in the window, by what each kind is worth. */
export function packedSum(
  words: Uint32Array,
  { level, from, to }: Window,
  weights: ArrayLike<number>,
): number {
  if (words.length === 0) return 0
  const start = startOf(words, level)
  const end = start + words[start - 1]! * cellWords
  const cellEnd = (to + 1) * kindCountMax
  let sum = 0
  for (let at = placeOfCell(words, start, end, from * kindCountMax); at < end; at += cellWords) {
    const cell = words[at]!
    if (cell >= cellEnd) break
    halves[0] = words[at + 1]!
    halves[1] = words[at + 2]!
    sum += weights[cell % kindCountMax]! * double[0]!
  }
  return sum
}

/** The last day that anything was counted on; -1 where nothing was. */
export function packedNewestDay(words: Uint32Array): number {
  const start = startOf(words, 2)
  if (words.length <= start) return -1
  return Math.floor(words[words.length - cellWords]! / kindCountMax)
}

/** Where the cells of a level begin, right behind their number. */
function startOf(words: Uint32Array, level: number): number {
  let start = 1
  for (let before = 0; before < level; before++) start += words[start - 1]! * cellWords + 1
  return start
}

/** Where the first cell stands that is not before this one. */
function placeOfCell(words: Uint32Array, start: number, end: number, cell: number): number {
  let [low, high] = [0, (end - start) / cellWords]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (words[start + middle * cellWords]! < cell) low = middle + 1
    else high = middle
  }
  return start + low * cellWords
}

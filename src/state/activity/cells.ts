import { kindCountMax } from './deed-kinds.ts'

/**
 * Counts by step of time and kind of deed, those that are not 0 alone: pairs of a cell's number and
 * its count, end to end, the numbers ascending. The number is step × 32 + kind, so the steps of a
 * window lie side by side.
 *
 * A plain list of numbers: engines hold it as one block of doubles, and a small one costs a third
 * of what a typed array would.
 */
export type Cells = number[]

/** Adds to a cell. Steps that are `span` or more before the newest are let go. */
export function addTo(cells: Cells, step: number, kind: number, count: number, span: number): void {
  const newest = newestStep(cells)
  if (step <= newest - span) return
  if (step > newest) {
    const gone = placeFrom(cells, step - span + 1)
    if (gone > 0) cells.splice(0, gone)
  }
  const cell = step * kindCountMax + kind
  const place = placeOfCell(cells, cell)
  if (cells[place] === cell) cells[place + 1]! += count
  else if (place === cells.length) cells.push(cell, count)
  else cells.splice(place, 0, cell, count)
}

/** The last step that anything was counted in; -1 where nothing was. */
export function newestStep(cells: Cells): number {
  return cells.length === 0 ? -1 : Math.floor(cells[cells.length - 2]! / kindCountMax)
}

/** What was counted from one step to another, both included, by what each kind is worth. */
export function weighed(
  cells: Cells,
  from: number,
  to: number,
  weights: ArrayLike<number>,
): number {
  const end = (to + 1) * kindCountMax
  let sum = 0
  for (let place = placeFrom(cells, from); place < cells.length; place += 2) {
    const cell = cells[place]!
    if (cell >= end) break
    sum += weights[cell % kindCountMax]! * cells[place + 1]!
  }
  return sum
}

/** Calls back for every count from one step to another, both included. */
export function eachCell(
  cells: Cells,
  from: number,
  to: number,
  seen: (step: number, kind: number, count: number) => void,
): void {
  for (let place = placeFrom(cells, from); place < cells.length; place += 2) {
    const step = Math.floor(cells[place]! / kindCountMax)
    if (step > to) break
    seen(step, cells[place]! % kindCountMax, cells[place + 1]!)
  }
}

function placeFrom(cells: Cells, step: number): number {
  return placeOfCell(cells, step * kindCountMax)
}

/** Where the first cell stands that is not before this one. */
function placeOfCell(cells: Cells, cell: number): number {
  let [low, high] = [0, cells.length / 2]
  // Most deeds happen in the newest step: its cells are at the end.
  if (high > 0 && cells[cells.length - 2]! < cell) return cells.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (cells[middle * 2]! < cell) low = middle + 1
    else high = middle
  }
  return low * 2
}

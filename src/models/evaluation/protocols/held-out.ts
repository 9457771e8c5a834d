import type { Random } from '../../../kernel/random.ts'
import type { Interactions } from '../../interactions.ts'
import type { Pairs } from '../formats/interaction-data.ts'
import { drawn } from './judge-asked.ts'

/** Withholds some of each row's cells, drawn by chance: as many as `countOf` says of a row. */
export function heldOutOf(
  matrix: Interactions,
  random: Random,
  countOf: (cellCount: number) => number,
): { readonly kept: Interactions; readonly held: Pairs } {
  const { rowCount, starts, columns, weights } = matrix
  const held: Pairs = { users: [], items: [] }
  const isHeld = new Uint8Array(columns.length)
  for (let row = 0; row < rowCount; row++) {
    const [from, to] = [starts[row]!, starts[row + 1]!]
    for (const place of drawn(to - from, countOf(to - from), random)) {
      isHeld[from + place] = 1
      held.users.push(row)
      held.items.push(columns[from + place]!)
    }
  }
  const keptStarts = new Uint32Array(rowCount + 1)
  const isKept = (_: number, cell: number): boolean => isHeld[cell] === 0
  for (let row = 0; row < rowCount; row++) {
    let count = 0
    for (let cell = starts[row]!; cell < starts[row + 1]!; cell++) count += 1 - isHeld[cell]!
    keptStarts[row + 1] = keptStarts[row]! + count
  }
  const kept = {
    ...matrix,
    starts: keptStarts,
    columns: columns.filter(isKept),
    weights: weights.filter(isKept),
  }
  return { kept, held }
}

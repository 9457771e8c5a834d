import type { Random } from '../../kernel/random.ts'
import type { Descent } from '../graph/training/descent.ts'
import type { Interactions } from '../interactions.ts'

/** What a step is made of. */
export interface StepShape {
  /** Cells that are asked for. */
  readonly batch: number
  /** Items met that tell of each user at most. */
  readonly length: number
  /** Items drawn evenly beside those that are asked for. */
  readonly negatives: number
}

/** What is taken from a candidate's log-odds that is not to count: a share of e^-64. */
const hiddenLevel = -64

/** Lays a batch into the inputs. Rows of the tables: 0 is nothing, item i is i + 1. */
export function filler(
  met: Interactions,
  { batch, length, negatives }: StepShape,
  descent: Pick<Descent, 'ids' | 'input'>,
) {
  const { columns, columnCount, starts } = met
  const rowOf = rowsOf(met)
  const chances = drawChances(met, countsOf(met), { batch, negatives })
  const width = batch + negatives
  const base = new Float32Array(width)
  const placeOf = new Int32Array(columnCount)
  return (chosen: Uint32Array, random: Random): void => {
    const [past, wanted] = [descent.ids('past'), descent.ids('wanted')]
    const others = descent.ids('others')
    const [shares, weights] = [descent.input('shares'), descent.input('weights')]
    const [corrections, own] = [descent.input('corrections'), descent.input('own')]
    for (const ids of [past, wanted]) ids.fill(0)
    for (const numbers of [shares, weights, own]) numbers.fill(0)
    placeOf.fill(-1)
    for (let place = 0; place < width; place++) {
      const item = place < chosen.length ? columns[chosen[place]!]! : random.below(columnCount)
      others[place] = item + 1
      // An item that came twice counts once.
      base[place] = placeOf[item]! >= 0 ? hiddenLevel : -Math.log(chances[item]!)
      if (placeOf[item]! < 0) placeOf[item] = place
    }
    for (let place = 0; place < batch; place++) corrections.set(base, place * width)
    for (const [place, cell] of chosen.entries()) {
      const [item, row] = [columns[cell]!, rowOf[cell]!]
      wanted[place] = item + 1
      own[place] = -Math.log(chances[item]!)
      weights[place] = 1 / chosen.length
      layOthers(met, cell, row, place * length, { length, past, shares, random })
      // Nobody is asked for what they met already, so it is no wrong answer either.
      for (let other = starts[row]!; other < starts[row + 1]!; other++) {
        const at = placeOf[columns[other]!]!
        if (at >= 0 && other !== cell) corrections[place * width + at] = hiddenLevel
      }
    }
  }
}

/** The chance that an item is among the candidates of a step. */
function drawChances(
  { columns, columnCount }: Interactions,
  counts: Uint32Array,
  { batch, negatives }: Pick<StepShape, 'batch' | 'negatives'>,
): Float64Array {
  const undrawn = (1 - 1 / columnCount) ** negatives
  return Float64Array.from(counts, (count) => 1 - undrawn * (1 - count / columns.length) ** batch)
}

interface Laid {
  readonly length: number
  readonly past: Uint32Array
  readonly shares: Float32Array
  readonly random: Random
}

/** What else the user met, or a stretch of it from a place by chance: columns are in no order. */
function layOthers(
  { starts, columns }: Interactions,
  cell: number,
  row: number,
  at: number,
  { length, past, shares, random }: Laid,
): void {
  const [from, to] = [starts[row]!, starts[row + 1]!]
  const count = Math.min(length, to - from - 1)
  const begin = random.below(to - from)
  let laid = 0
  for (let step = 0; laid < count; step++) {
    const other = from + ((begin + step) % (to - from))
    if (other === cell) continue
    past[at + laid] = columns[other]! + 1
    shares[at + laid] = 1 / count
    laid++
  }
}

function rowsOf({ starts, rowCount, columns }: Interactions): Uint32Array {
  const rows = new Uint32Array(columns.length)
  for (let row = 0; row < rowCount; row++) rows.fill(row, starts[row], starts[row + 1])
  return rows
}

/** By how many each item was met. */
export function countsOf({ columns, columnCount }: Interactions): Uint32Array {
  const counts = new Uint32Array(columnCount)
  for (const item of columns) counts[item]! += 1
  return counts
}

import type { Random } from '../../kernel/random.ts'
import type { Descent } from '../graph/training/descent.ts'
import type { Sequences } from '../sequences.ts'
import type { Packs } from './packs.ts'
import { hidden } from './self-attention-network.ts'

/** Rows of the table of items: 0 is nothing, item i is i + 1. */
export const rowOf = (item: number): number => item + 1

/** Lays the end of a sequence into one row: the newest item last, nothing before the first. */
export function layPast(
  items: Uint32Array,
  ids: { [place: number]: number },
  gaps: Float32Array,
  row: number,
  length: number,
): void {
  const empty = Math.max(0, length - items.length)
  for (let place = 0; place < length; place++) {
    const at = row * length + place
    const isGap = place < empty
    ids[at] = isGap ? 0 : rowOf(items[items.length - length + place]!)
    gaps[at] = isGap ? hidden : 0
  }
}

/** A batch of windows: what was met, what came next at each place, and what is held against it. */
export interface WindowPlan {
  readonly sequences: Sequences
  readonly packs: Packs
  readonly length: number
  /** Whether some items are drawn to be held against, or all of them are. */
  readonly draws: boolean
}

/** What is filled: the inputs of a descent. */
export type Filled = Pick<Descent, 'ids' | 'input'>

/**
 * Fills the inputs of a step with rows of several windows each, none of which sees another. Of a
 * sequence longer than a window any stretch may come, so that in the course of the epochs all of it
 * is learned; the weights of all places that have a next item sum to 1. Rows that are missing at
 * the end of an epoch weigh nothing.
 */
export function windowFiller(plan: WindowPlan, descent: Filled) {
  const { sequences, packs, length, draws } = plan
  const { starts, items, itemCount } = sequences
  return (chosen: Uint32Array, random: Random): void => {
    const [past, next, places] = [descent.ids('past'), descent.ids('next'), descent.ids('places')]
    const [mask, weights] = [descent.input('mask'), descent.input('weights')]
    for (const ids of [past, next, places]) ids.fill(0)
    mask.fill(hidden)
    let known = 0
    for (const [row, pack] of chosen.entries()) {
      let at = row * length
      for (let each = packs.starts[pack]!; each < packs.starts[pack + 1]!; each++) {
        const sequence = packs.rows[each]!
        const [from, to] = [starts[sequence]!, starts[sequence + 1]!]
        const size = Math.min(length, to - from - 1)
        const begin = from + random.below(to - from - size)
        for (let step = 0; step < size; step++) {
          past[at + step] = rowOf(items[begin + step]!)
          next[at + step] = rowOf(items[begin + step + 1]!)
          // As when it is asked: the newest stands last.
          places[at + step] = length - size + step
          const seen = (at + step) * length + (at % length)
          mask.fill(0, seen, seen + step + 1)
        }
        at += size
        known += size
      }
    }
    // Where there is a gap nothing comes next either.
    for (let at = 0; at < weights.length; at++) weights[at] = next[at] === 0 ? 0 : 1 / known
    if (!draws) return
    const negatives = descent.ids('negatives')
    for (let at = 0; at < negatives.length; at++) negatives[at] = rowOf(random.below(itemCount))
  }
}

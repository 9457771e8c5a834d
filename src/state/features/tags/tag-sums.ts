import { grown } from '../../../kernel/lists/grown.ts'
import type { TagLists } from '../../catalogue/catalogue.ts'

/** A number for each of some tags of an attribute: what a user makes of them. */
export interface TagSums {
  /** Each once, in the order in which they first came. */
  readonly codes: Uint32Array
  /** One per code. */
  readonly sums: Float64Array
}

/**
 * Sums weights of lists by the tags that are on them; lists of weight 0 are left out, and none is
 * below. What was met is counted in an array by code, which is all zeros between two calls and
 * never made anew: a request adds thousands of tags up, and looking for the entry of each would
 * cost several times as much.
 */
export function tagSummer(): (lists: TagLists, weights: Float64Array) => TagSums {
  let byCode = new Float64Array(0)
  let met = new Uint32Array(0)
  return ({ starts, codes }, weights) => {
    met = grown(met, codes.length)
    let most = 0
    for (let place = 0; place < codes.length; place++) most = Math.max(most, codes[place]! + 1)
    byCode = grown(byCode, most)
    // A loop looks up names of its own far faster than those that others may give another value.
    const sumOf = byCode
    const own = met
    let count = 0
    for (let list = 0; list < weights.length; list++) {
      const weight = weights[list]!
      if (weight === 0) continue
      const end = starts[list + 1]!
      for (let place = starts[list]!; place < end; place++) {
        const code = codes[place]!
        if (sumOf[code] === 0) own[count++] = code
        sumOf[code]! += weight
      }
    }
    const found = { codes: own.slice(0, count), sums: new Float64Array(count) }
    for (let place = 0; place < count; place++) {
      found.sums[place] = sumOf[own[place]!]!
      sumOf[own[place]!] = 0
    }
    return found
  }
}

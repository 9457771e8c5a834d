import { invalid } from '../../../error.ts'
import type { Artifact } from '../../model.ts'
import { joinWeights, readArtifact } from '../../weights.ts'
import { type Moment, picked, type Signal } from './signal.ts'

/** Items that somebody said belong together: "bought together", "instead of", "part of". */
export interface Relation {
  /** What item i names stands at starts[i] ... starts[i + 1] - 1. */
  readonly starts: Uint32Array
  readonly items: Uint32Array
}

export interface RelationOptions {
  /** How many of the last items name others, 1 to 1,000. */
  readonly memory: number
  /** How much less each says than the one after it, in (0, 1]. */
  readonly decay: number
  /** 2: what is named by what is named, less where lists are long. */
  readonly steps: 1 | 2
}

/** Lists of one catalogue as one. Throws `invalid_argument` for items out of range. */
export function relationOf(lists: readonly Uint32Array[]): Relation {
  const starts = new Uint32Array(lists.length + 1)
  for (const [item, list] of lists.entries()) starts[item + 1] = starts[item]! + list.length
  const items = new Uint32Array(starts[lists.length]!)
  for (const [item, list] of lists.entries()) items.set(list, starts[item])
  const wrong = items.find((item) => item >= lists.length)
  if (wrong !== undefined) throw invalid('lists', `name ${wrong}: must be < ${lists.length}`)
  return { starts, items }
}

/** The same relation asked the other way: which items name this one. */
export function turned({ starts, items }: Relation): Relation {
  const lists: number[][] = Array.from({ length: starts.length - 1 }, () => [])
  for (let item = 0; item + 1 < starts.length; item++) {
    for (let place = starts[item]!; place < starts[item + 1]!; place++)
      lists[items[place]!]!.push(item)
  }
  return relationOf(lists.map((list) => Uint32Array.from(list)))
}

/**
 * How much of what was met last names an item: log(1 + Σ decay^k) over the k-th last items that do.
 * The relations of Chorus and KDA (Wang et al. 2020), with a decay by steps instead of learned ones
 * by time.
 */
export function relationSignal(relation: Relation, options: RelationOptions): Signal {
  const { starts, items } = relation
  const itemCount = starts.length - 1
  const lengthOf = (item: number): number => starts[item + 1]! - starts[item]!
  const all = new Float32Array(itemCount)
  const tell = (item: number, share: number): void => {
    for (let place = starts[item]!; place < starts[item + 1]!; place++) all[items[place]!]! += share
  }
  return {
    kind: 'relation',
    itemCount,
    of({ past }: Moment, candidates) {
      all.fill(0)
      let share = 1
      for (let back = 1; back <= Math.min(options.memory, past.length); back++) {
        const item = past[past.length - back]!
        if (options.steps === 1) tell(item, share)
        else {
          for (let place = starts[item]!; place < starts[item + 1]!; place++) {
            const between = items[place]!
            tell(between, share / Math.sqrt(lengthOf(item) * Math.max(1, lengthOf(between))))
          }
        }
        share *= options.decay
      }
      // Two steps reach much by little: spread over the range that one step takes.
      const gain = options.steps === 1 ? 1 : 20
      return picked(all, candidates).map((value) => Math.log1p(gain * value))
    },
    save() {
      const header = { kind: 'relation', itemCount, pairCount: items.length, ...options }
      return { header, weights: joinWeights([starts, items]) }
    },
  }
}

/** Throws `failed_precondition` for another kind, and `data_loss` where the bytes don't fit. */
export function loadRelation(artifact: Artifact): Signal {
  const reader = readArtifact(artifact, 'relation')
  const steps = reader.count('steps') === 2 ? 2 : 1
  const options: RelationOptions = {
    memory: reader.count('memory'),
    decay: reader.number('decay'),
    steps,
  }
  const starts = reader.uint32(reader.count('itemCount') + 1)
  const items = reader.uint32(reader.count('pairCount'))
  reader.end()
  return relationSignal({ starts, items }, options)
}

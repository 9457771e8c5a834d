import { hashText } from '../../kernel/hash.ts'

/**
 * How much more than others each group says yes, in log-odds, as told by its rows so far: random
 * intercepts, by a step of Newton's per row. Whoever learns what items are worth must know how
 * generous those are who judge them, or takes for worth of the items what is a way of the people:
 * one who rates a hundred in a row, and likes them all, has seen some kind of items more than
 * others.
 *
 * Memory is bounded: a group has a place by its hash, and who comes later takes it over and begins
 * at 0. No name is kept. It follows from the rows in their order, bit by bit.
 */
export interface GroupLevels {
  /** 0 for a group that nothing is known of. */
  of(group: string): number
  /** After a row: what was foretold less what came, and p (1 - p) of what was foretold. */
  learn(group: string, error: number, curvature: number): void
  save(): SavedLevels
}

/** By place: whose it is, the level, and how much it rests on. */
export interface SavedLevels {
  readonly tags: Uint32Array
  readonly levels: Float64Array
  readonly weights: Float64Array
}

/** Groups that are told apart at a time, a power of two: some 80 KB. */
export const levelPlaces = 4_096

/**
 * `prior` is how much is held to be known of a new group, namely that it is like others, > 0: what
 * so many quarters of a row would tell.
 */
export function groupLevels(prior: number, from?: SavedLevels): GroupLevels {
  const tags = from?.tags.slice() ?? new Uint32Array(levelPlaces)
  const levels = from?.levels.slice() ?? new Float64Array(levelPlaces)
  const weights = from?.weights.slice() ?? new Float64Array(levelPlaces)
  const placeOf = (group: string): { readonly place: number; readonly tag: number } => {
    const { high, low } = hashText(group)
    return { place: high & (levelPlaces - 1), tag: low }
  }
  return {
    of(group) {
      const { place, tag } = placeOf(group)
      return weights[place] !== 0 && tags[place] === tag ? levels[place]! : 0
    },
    learn(group, error, curvature) {
      const { place, tag } = placeOf(group)
      if (weights[place] === 0 || tags[place] !== tag) {
        tags[place] = tag
        levels[place] = 0
        weights[place] = prior
      }
      weights[place]! += curvature
      levels[place]! -= error / weights[place]!
    },
    save: () => ({ tags: tags.slice(), levels: levels.slice(), weights: weights.slice() }),
  }
}

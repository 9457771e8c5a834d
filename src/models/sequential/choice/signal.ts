import type { Model } from '../../model.ts'

/** What is known where somebody is about to choose. */
export interface Moment {
  /** What they met, the oldest first. */
  readonly past: Uint32Array
  /** When they met each, and when they choose: seconds, ascending. */
  readonly times: Float64Array
  readonly at: number
}

/** Something that speaks for or against items at a moment, in a measure of its own. */
export interface Signal extends Model {
  readonly itemCount: number

  /** One number per candidate; 0 where it has nothing to say. Knows nothing of later than `at`. */
  of(moment: Moment, candidates: Uint32Array): Float32Array
}

/** The numbers of some places of a whole. */
export function picked(all: Float32Array, places: Uint32Array): Float32Array {
  const some = new Float32Array(places.length)
  for (const [at, place] of places.entries()) some[at] = all[place]!
  return some
}

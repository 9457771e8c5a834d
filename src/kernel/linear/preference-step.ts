import { dot } from './dot.ts'

/** What holds a user's vector where it is, in the measure of the factors that it belongs to. */
export interface Footing {
  /** How much more a signal of 1 is believed than an item that was never met, > 0. */
  readonly alpha: number
  /** How much it takes to move the vector: the mean curvature of all that is known, > 0. */
  readonly stiffness: number
}

/**
 * Moves a user's vector, in place, by one more thing that they did with an item.
 *
 * With A the curvature of the objective of Hu, Koren and Volinsky (2008, eq. 3) at the vector x,
 * an item y of belief c = alpha |signal| adds c y yᵀ to A and pulls towards the preference p, so
 * that by Sherman and Morrison
 *
 *   x + A⁻¹ y (pull - c y·x) / (1 + c yᵀ A⁻¹ y)
 *
 * is the exact answer. Here A is taken for its mean diagonal, stiffness × I: one number instead of
 * dims² lets the step be taken where the matrix is not, on a phone. What pleased is wanted at 1, as
 * in the paper, which takes its weight as an item never met along (pull = 1 + c). What did not is
 * wanted at -1 (pull = -c), below the 0 of what was never met. A signal of 0 moves nothing.
 *
 * The item's vector is the run of `items` that begins at `start`, as long as `vector`. Sums are in
 * double precision and always in the same order: the same input gives the same bits everywhere.
 */
export function stepPreference(
  vector: Float32Array,
  items: Float32Array,
  start: number,
  signal: number,
  { alpha, stiffness }: Footing,
): void {
  if (signal === 0) return
  const dims = vector.length
  const belief = alpha * Math.abs(signal)
  const pull = signal > 0 ? 1 + belief : -belief
  const missing = pull - belief * dot(items, start, vector, 0, dims)
  const stride = missing / (stiffness + belief * dot(items, start, items, start, dims))
  for (let k = 0; k < dims; k++) vector[k] = vector[k]! + stride * items[start + k]!
}

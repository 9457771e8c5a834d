/** The numbers at some places, in their order. Several times faster than `Float32Array.from`. */
export function picked(numbers: Float32Array, places: ArrayLike<number>): Float32Array {
  const found = new Float32Array(places.length)
  for (let index = 0; index < found.length; index++) found[index] = numbers[places[index]!]!
  return found
}

// Kept between calls: profiles are trimmed with most deeds of busy users, one at a time.
let weighed = new Float64Array(128)
let moved = new Float64Array(128)
let light = new Uint8Array(128)

/** Room for so many weights, to be filled: good until the next call. */
export function weightsOfSize(count: number): Float64Array {
  if (count > weighed.length) weighed = new Float64Array(count * 2)
  return weighed.subarray(0, count)
}

/**
 * By place, 1 for each of the `count` smallest weights; of equals the first. Good until the next
 * call.
 */
export function lightest(weights: Float64Array, count: number): Uint8Array {
  const { length } = weights
  if (length > moved.length) {
    moved = new Float64Array(length * 2)
    light = new Uint8Array(length * 2)
  }
  light.fill(0, 0, length)
  if (count > 0) mark(weights, count)
  return light.subarray(0, length)
}

function mark(weights: Float64Array, count: number): void {
  moved.set(weights)
  const limit = smallest(moved, weights.length, count - 1)
  let left = count
  for (let place = 0; place < weights.length; place++) {
    if (weights[place]! >= limit) continue
    light[place] = 1
    left--
  }
  for (let place = 0; place < weights.length && left > 0; place++) {
    if (weights[place] !== limit) continue
    light[place] = 1
    left--
  }
}

/**
 * The number that would stand at a place if the first `length` were moved (Hoare 1961, "Find"):
 * most of them need not be put in order for it. Moves them about.
 */
function smallest(numbers: Float64Array, length: number, place: number): number {
  let [first, last] = [0, length - 1]
  while (first < last) {
    const pivot = numbers[(first + last) >> 1]!
    let [low, high] = [first, last]
    while (low <= high) {
      while (numbers[low]! < pivot) low++
      while (numbers[high]! > pivot) high--
      if (low > high) break
      const number = numbers[low]!
      numbers[low++] = numbers[high]!
      numbers[high--] = number
    }
    // What lies between the two parts equals the pivot.
    if (place <= high) last = high
    else if (place >= low) first = low
    else break
  }
  return numbers[place]!
}

/**
 * Adds what one expects to what others do, in all `share` unless it expects nothing. Scores below 0
 * are none: what counts, or tells chances, has none of those.
 */
export function addShare(total: Float32Array, scores: Float32Array, share: number): void {
  let sum = 0
  for (let item = 0; item < scores.length; item++) sum += Math.max(0, scores[item]!)
  if (sum === 0) return
  const times = share / sum
  for (let item = 0; item < scores.length; item++) {
    if (scores[item]! > 0) total[item] = total[item]! + times * scores[item]!
  }
}

/** Adds scores as they are: those that are in one measure already. */
export function addScores(total: Float32Array, scores: Float32Array, share: number): void {
  for (let item = 0; item < scores.length; item++) total[item]! += share * scores[item]!
}

/** How far scores spread: their standard deviation, by which scores of any measure compare. */
export function spreadOf(scores: Float32Array): number {
  let [sum, squares] = [0, 0]
  for (const score of scores) {
    sum += score
    squares += score * score
  }
  const mean = sum / scores.length
  return scores.length === 0 ? 0 : Math.sqrt(Math.max(0, squares / scores.length - mean * mean))
}

/** Adds scores, so many times as far as they spread; those that are all alike say nothing. */
export function addSpread(total: Float32Array, scores: Float32Array, share: number): void {
  const spread = spreadOf(scores)
  if (spread === 0) return
  const scale = share / spread
  for (let item = 0; item < scores.length; item++) total[item]! += scores[item]! * scale
}

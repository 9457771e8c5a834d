/**
 * What each place of an order is worth, in log-odds: the k-th place lends its item the k-th best
 * score. The served order stands for more than scores (pins, variety, exploring), and this is what
 * keeps it while nothing was done: items in their served order are in the order of what they lend.
 */
export function lentOdds(scores: readonly number[]): readonly number[] {
  return scores.map(logOdds).sort((one, other) => other - one)
}

/** Sure things are not infinitely so: a ranker's probabilities are 32-bit floats. */
const surest = 1e-6

function logOdds(score: number): number {
  const chance = Math.max(surest, Math.min(1 - surest, score))
  return Math.log(chance / (1 - chance))
}

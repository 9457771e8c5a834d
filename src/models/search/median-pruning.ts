import type { Trial } from './trial.ts'

/** Complete trials that there must be before any is given up, and steps that each is granted. */
const trialsLeast = 4
const stepsLeast = 2

/**
 * True where the best a trial reached so far is below the median of what the complete ones had
 * reached by the same step (Golovin et al. 2017, section 3.2.2).
 */
export function isHopeless(steps: readonly number[], before: readonly Trial[]): boolean {
  if (steps.length < stepsLeast) return false
  const others = before
    .filter(({ state, steps: theirs }) => state === 'complete' && theirs.length > 0)
    .map(({ steps: theirs }) => Math.max(...theirs.slice(0, steps.length)))
    .sort((one, other) => one - other)
  if (others.length < trialsLeast) return false
  const middle = others.length >> 1
  const median =
    others.length % 2 === 1 ? others[middle]! : (others[middle - 1]! + others[middle]!) / 2
  return Math.max(...steps) < median
}
